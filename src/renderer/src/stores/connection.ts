import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Whether the host is there. Once it is lost, the page shows what it has and offers a reload. */
export const useConnection = defineStore('connection', () => {
  const isLost = ref(false);
  const lose = () => {
    isLost.value = true;
  };
  return { isLost, lose };
});
