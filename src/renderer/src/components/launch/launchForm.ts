import { inject, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { DataSetInfo } from '../../../../contract/data.ts';
import type { FieldName, LaunchDraft, LaunchKind } from './draft.ts';

/** What the fields share: the draft that they edit, and what is to be said beside each of them. */
export interface LaunchForm {
  readonly kind: Readonly<Ref<LaunchKind>>;
  readonly draft: Ref<LaunchDraft>;
  /** The data set that is chosen; undefined until the host has listed it. */
  readonly dataSet: ComputedRef<DataSetInfo | undefined>;
  /** Why a field is refused; empty while it is right, or not yet left for the first time. */
  issueOf(name: FieldName): string;
  /** What is allowed but may not be meant. */
  noteOf(name: FieldName): string;
  /** From now on the field's issue is shown while it is edited. */
  touch(name: FieldName): void;
}

export const launchFormKey: InjectionKey<LaunchForm> = Symbol('launch form');

export function useLaunchForm(): LaunchForm {
  const form = inject(launchFormKey);
  if (!form) throw new Error('A field of the launch form stands outside of it');
  return form;
}
