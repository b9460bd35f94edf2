import { computed, shallowRef, type ShallowRef } from 'vue';
import { zoomShares } from '../../../../charts/plotScale.ts';
import type { Range } from '../../../../charts/ticks.ts';

/** Pixels that a pointer may tremble in a click, and that a box must have to cut that axis. */
const CLICK = 4;
const BOX = 12;

export interface Place {
  readonly left: number;
  readonly top: number;
}

/** Pixels around the plot. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Handlers {
  readonly margins: Margins;
  /** The wheel zooms both axes, as on a map; else only x. */
  readonly zoomsBoth?: boolean;
  size(): { readonly width: number; readonly height: number };
  /** The pointer is there, above the plot; null where it has left. */
  hover(place: Place | null): void;
  click(place: Place): void;
  show(shares: { readonly x?: Range; readonly y?: Range }): void;
}

/** Drag a box to zoom, drag with Shift or the middle button to pan; the wheel zooms once the chart has the focus. */
export function usePlotGestures(host: Readonly<ShallowRef<HTMLElement | null>>, handlers: Handlers) {
  const box = shallowRef<{ readonly from: Place; readonly to: Place } | null>(null);
  let start: (Place & { readonly isPan: boolean }) | null = null;
  let last: Place = { left: 0, top: 0 };

  const { margins } = handlers;
  const plot = () => {
    const { width, height } = handlers.size();
    return { width: width - margins.left - margins.right, height: height - margins.top - margins.bottom };
  };
  const placeOf = (event: MouseEvent): Place => {
    const rect = host.value!.getBoundingClientRect();
    return { left: event.clientX - rect.left - margins.left, top: event.clientY - rect.top - margins.top };
  };
  const isInside = ({ left, top }: Place) => left >= 0 && top >= 0 && left <= plot().width && top <= plot().height;
  const clamp = ({ left, top }: Place): Place => ({
    left: Math.min(Math.max(left, 0), plot().width),
    top: Math.min(Math.max(top, 0), plot().height),
  });

  function pointerdown(event: PointerEvent): void {
    const place = placeOf(event);
    if (event.button > 1 || !isInside(place)) return;
    start = { ...place, isPan: event.shiftKey || event.button === 1 };
    last = place;
    host.value!.setPointerCapture(event.pointerId);
  }

  function pointermove(event: PointerEvent): void {
    const place = placeOf(event);
    if (start?.isPan) {
      const shift = (last.left - place.left) / plot().width;
      const rise = (place.top - last.top) / plot().height;
      handlers.show({ x: [shift, 1 + shift], y: [rise, 1 + rise] });
      last = place;
    } else if (start) box.value = { from: start, to: clamp(place) };
    handlers.hover(isInside(place) ? place : null);
  }

  function pointerup(event: PointerEvent): void {
    if (start === null) return;
    const [from, to] = [start, clamp(placeOf(event))];
    const [across, down] = [Math.abs(to.left - from.left), Math.abs(to.top - from.top)];
    if (!start.isPan && across > BOX)
      handlers.show({ x: shares(from.left, to.left, plot().width), ...(down > BOX ? { y: upward(from, to) } : {}) });
    else if (!start.isPan && down > BOX) handlers.show({ y: upward(from, to) });
    else if (across < CLICK && down < CLICK) handlers.click(to);
    cancel();
  }

  const upward = (from: Place, to: Place): Range => {
    const [top, bottom] = shares(from.top, to.top, plot().height);
    return [1 - bottom, 1 - top];
  };

  function cancel(): void {
    start = null;
    box.value = null;
  }

  function wheel(event: WheelEvent): void {
    const place = placeOf(event);
    const isMeant = event.ctrlKey || event.metaKey || document.activeElement === host.value;
    if (!isMeant || !isInside(place)) return;
    event.preventDefault();
    const { width, height } = plot();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const shift = event.deltaX / width;
      return handlers.show({ x: [shift, 1 + shift] });
    }
    const factor = Math.exp(event.deltaY / 400);
    handlers.show({
      x: zoomShares(place.left / width, factor),
      ...(handlers.zoomsBoth ? { y: zoomShares(1 - place.top / height, factor) } : {}),
    });
  }

  /** Where the box that is being drawn stands; undefined while none is. */
  const boxStyle = computed(() => {
    if (!box.value) return undefined;
    const { from, to } = box.value;
    return {
      left: `${margins.left + Math.min(from.left, to.left)}px`,
      top: `${margins.top + Math.min(from.top, to.top)}px`,
      width: `${Math.abs(to.left - from.left)}px`,
      height: `${Math.abs(to.top - from.top)}px`,
    };
  });

  return {
    boxStyle,
    on: { pointerdown, pointermove, pointerup, pointercancel: cancel, wheel, pointerleave: () => handlers.hover(null) },
  };
}

function shares(one: number, other: number, length: number): Range {
  return [Math.min(one, other) / length, Math.max(one, other) / length];
}
