/** Index of the entry of an ascending list that is nearest to x; -1 where the list is empty. */
export function nearestIndex(ascending: ArrayLike<number>, x: number): number {
  let [low, high] = [0, ascending.length - 1];
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && x - ascending[low - 1]! <= ascending[low]! - x ? low - 1 : low;
}
