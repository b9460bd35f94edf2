import { computed, ref } from 'vue';

/**
 * Moving a waiting run by drag. The place is where the run would stand if it were dropped: before that index, or behind all.
 * `move` gets the run and the one that it is to start before.
 */
export function useQueueDrag(ids: () => readonly number[], move: (id: number, before: number | null) => void) {
  const dragged = ref<number | null>(null);
  const place = ref<number | null>(null);

  const end = () => {
    dragged.value = null;
    place.value = null;
  };
  return {
    dragged,
    /** The index that the line which shows the place stands before; null where nothing would change. */
    line: computed(() => {
      const from = dragged.value === null ? -1 : ids().indexOf(dragged.value);
      const isSame = place.value === from || place.value === from + 1;
      return from < 0 || isSame ? null : place.value;
    }),
    start(id: number, event: DragEvent) {
      dragged.value = id;
      event.dataTransfer?.setData('text/plain', String(id));
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    },
    over(index: number, event: DragEvent) {
      if (dragged.value === null) return;
      event.preventDefault();
      const { top, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
      place.value = index + (event.clientY > top + height / 2 ? 1 : 0);
    },
    drop() {
      if (dragged.value !== null && place.value !== null) move(dragged.value, ids()[place.value] ?? null);
      end();
    },
    end,
  };
}
