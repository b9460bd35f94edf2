import './app.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { contract } from '../../contract/contract.ts';
import { UserError } from '../../contract/errors.ts';
import { createClient } from '../../link/rpc.ts';
import { apiKey } from './api.ts';
import App from './App.vue';
import { connect } from './connection/connect.ts';
import { createPageRouter } from './router.ts';
import { useConnection } from './stores/connection.ts';
import { applyPreferences } from './stores/preferences.ts';
import NoConnection from './views/NoConnection.vue';

const pinia = createPinia();
applyPreferences(pinia);

try {
  const channel = await connect();
  const connection = useConnection(pinia);
  channel.onClose(() => connection.lose());
  createApp(App).provide(apiKey, createClient(contract, channel)).use(pinia).use(createPageRouter()).mount('#app');
} catch (error) {
  createApp(NoConnection, { error: UserError.from(error) }).mount('#app');
}
