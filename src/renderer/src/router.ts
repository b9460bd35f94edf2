import { createRouter, createWebHistory, type Router } from 'vue-router';

const LAST_ADDRESS = 'depthlab.address';

/** The addresses of the views; `host/page/files.ts` answers each of them with the page. */
export function createPageRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', name: 'home', component: () => import('./views/HomeView.vue') },
      {
        path: '/studies',
        name: 'studies',
        component: () => import('./views/StudiesView.vue'),
        meta: { title: 'Studies' },
      },
      {
        path: '/studies/:id(\\d+)',
        name: 'study',
        component: () => import('./views/StudyView.vue'),
        props: ({ params }) => ({ id: Number(params['id']) }),
        meta: { title: 'Study' },
      },
      { path: '/runs', name: 'runs', component: () => import('./views/RunsView.vue'), meta: { title: 'Runs' } },
      {
        path: '/runs/:id(\\d+)',
        name: 'run',
        component: () => import('./views/RunView.vue'),
        props: ({ params }) => ({ id: Number(params['id']) }),
        meta: { title: 'Run' },
      },
      {
        path: '/compare',
        name: 'compare',
        component: () => import('./views/CompareView.vue'),
        meta: { title: 'Compare' },
      },
      { path: '/queue', name: 'queue', component: () => import('./views/QueueView.vue'), meta: { title: 'Queue' } },
      { path: '/data', name: 'data', component: () => import('./views/DataView.vue'), meta: { title: 'Data' } },
      { path: '/bin', name: 'bin', component: () => import('./views/BinView.vue'), meta: { title: 'Bin' } },
      { path: '/new', name: 'new', component: () => import('./views/LaunchView.vue'), meta: { title: 'New' } },
      { path: '/:rest(.*)', name: 'missing', component: () => import('./views/MissingView.vue') },
    ],
  });
  router.afterEach(({ fullPath, name }) => {
    if (name !== 'home' && name !== 'missing') localStorage.setItem(LAST_ADDRESS, fullPath);
  });
  return router;
}

/** Where the user was when the window was closed; null at the very first start. */
export function lastAddress(): string | null {
  return localStorage.getItem(LAST_ADDRESS);
}
