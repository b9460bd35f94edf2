import { addRule } from './add.ts';
import { addManyRule } from './addMany.ts';
import { allRule } from './all.ts';
import { applyAdamRule } from './applyAdam.ts';
import { applyMomentumRule } from './applyMomentum.ts';
import { argMaxRule } from './argMax.ts';
import { assignSubtractRule } from './assignSubtract.ts';
import { assignAddRule } from './assignAdd.ts';
import { assignVariableRule } from './assignVariable.ts';
import { batchNormRule } from './batchNorm.ts';
import { batchNormGradientRule } from './batchNormGradient.ts';
import { batchNormInferenceRule } from './batchNormInference.ts';
import { biasAddRule } from './biasAdd.ts';
import { biasAddGradientRule } from './biasAddGradient.ts';
import { broadcastToRule } from './broadcastTo.ts';
import { castRule } from './cast.ts';
import { concatRule } from './concat.ts';
import { constantRule } from './constant.ts';
import { conv2dRule } from './conv2d.ts';
import { conv2dFilterGradientRule } from './conv2dFilterGradient.ts';
import { conv2dInputGradientRule } from './conv2dInputGradient.ts';
import { crossEntropyRule } from './crossEntropy.ts';
import { divideRule } from './divide.ts';
import { equalRule } from './equal.ts';
import { exponentialMinusOneRule } from './exponentialMinusOne.ts';
import { gatherRule } from './gather.ts';
import { identityRule } from './identity.ts';
import { isFiniteRule } from './isFinite.ts';
import { lessRule } from './less.ts';
import { matMulRule } from './matMul.ts';
import { maxPoolRule } from './maxPool.ts';
import { maxPoolGradientRule } from './maxPoolGradient.ts';
import { meanRule } from './mean.ts';
import { minRule } from './min.ts';
import { mergeRule } from './merge.ts';
import { minimumRule } from './minimum.ts';
import { multiplyRule } from './multiply.ts';
import { oneHotRule } from './oneHot.ts';
import { packRule } from './pack.ts';
import { padChannelsRule } from './padChannels.ts';
import { placeholderRule } from './placeholder.ts';
import { randomUniformRule } from './randomUniform.ts';
import { readVariableRule } from './readVariable.ts';
import { reluRule } from './relu.ts';
import { reluGradientRule } from './reluGradient.ts';
import { reshapeRule } from './reshape.ts';
import { shapeOfRule } from './shapeOf.ts';
import { sigmoidRule } from './sigmoid.ts';
import { sigmoidGradientRule } from './sigmoidGradient.ts';
import { sizeOfRule } from './sizeOf.ts';
import { sliceChannelsRule } from './sliceChannels.ts';
import { softmaxRule } from './softmax.ts';
import { softmaxCrossEntropyRule } from './softmaxCrossEntropy.ts';
import { splitRule } from './split.ts';
import { squareRule } from './square.ts';
import { squareRootRule } from './squareRoot.ts';
import { subtractRule } from './subtract.ts';
import { sumRule } from './sum.ts';
import { switchRule } from './switch.ts';
import { unpackRule } from './unpack.ts';
import { variableRule } from './variable.ts';
import { zerosLikeRule } from './zerosLike.ts';
import type { OpName } from './attributes.ts';
import type { OpRule } from './rule.ts';

type Rules = { readonly [Kind in OpName]: OpRule<Kind> };

/** The rule of every operation; one that is missing does not compile. */
export const rules = {
  add: addRule,
  addMany: addManyRule,
  all: allRule,
  applyAdam: applyAdamRule,
  applyMomentum: applyMomentumRule,
  argMax: argMaxRule,
  assignSubtract: assignSubtractRule,
  assignAdd: assignAddRule,
  assignVariable: assignVariableRule,
  batchNorm: batchNormRule,
  batchNormGradient: batchNormGradientRule,
  batchNormInference: batchNormInferenceRule,
  biasAdd: biasAddRule,
  biasAddGradient: biasAddGradientRule,
  broadcastTo: broadcastToRule,
  cast: castRule,
  concat: concatRule,
  constant: constantRule,
  conv2d: conv2dRule,
  conv2dFilterGradient: conv2dFilterGradientRule,
  conv2dInputGradient: conv2dInputGradientRule,
  crossEntropy: crossEntropyRule,
  divide: divideRule,
  equal: equalRule,
  exponentialMinusOne: exponentialMinusOneRule,
  gather: gatherRule,
  identity: identityRule,
  isFinite: isFiniteRule,
  less: lessRule,
  matMul: matMulRule,
  maxPool: maxPoolRule,
  maxPoolGradient: maxPoolGradientRule,
  mean: meanRule,
  min: minRule,
  merge: mergeRule,
  minimum: minimumRule,
  multiply: multiplyRule,
  oneHot: oneHotRule,
  pack: packRule,
  padChannels: padChannelsRule,
  placeholder: placeholderRule,
  randomUniform: randomUniformRule,
  readVariable: readVariableRule,
  relu: reluRule,
  reluGradient: reluGradientRule,
  reshape: reshapeRule,
  shapeOf: shapeOfRule,
  sigmoid: sigmoidRule,
  sigmoidGradient: sigmoidGradientRule,
  sizeOf: sizeOfRule,
  sliceChannels: sliceChannelsRule,
  softmax: softmaxRule,
  softmaxCrossEntropy: softmaxCrossEntropyRule,
  split: splitRule,
  square: squareRule,
  squareRoot: squareRootRule,
  subtract: subtractRule,
  sum: sumRule,
  switch: switchRule,
  unpack: unpackRule,
  variable: variableRule,
  zerosLike: zerosLikeRule,
} satisfies Rules;

export function ruleOf<Kind extends OpName>(kind: Kind): OpRule<Kind> {
  const table: Rules = rules;
  return table[kind];
}
