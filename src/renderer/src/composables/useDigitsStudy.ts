import { ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useApi } from '../api.ts';
import { useNotices } from '../stores/notices.ts';

/**
 * Starts the digits study and opens its page. Every setting has the contract's default: 2 versions x 3 depths x 3
 * seeds. `isStarting` stays true once the study is there: its page follows.
 */
export function useDigitsStudy(isStarting: Ref<boolean> = ref(false)) {
  const api = useApi();
  const router = useRouter();
  const notices = useNotices();

  const start = async () => {
    isStarting.value = true;
    try {
      const study = await api['studies.create']({ name: 'Digits: V1 against V2' });
      await router.push(`/studies/${study.id}`);
    } catch (error) {
      notices.showError(error);
      isStarting.value = false;
    }
  };
  return { isStarting, start };
}
