/** What LaTeX's text accents are called, by the combining mark. */
export const LATEX_ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u',
  '\u0307': '.',
  '\u0308': '"',
  '\u030a': 'r',
  '\u030b': 'H',
  '\u030c': 'v',
  '\u0323': 'd',
  '\u0327': 'c',
  '\u0331': 'b',
};

const GREEK =
  'α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho ' +
  'ς varsigma σ sigma τ tau υ upsilon φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma ' +
  'Υ Upsilon Φ Phi Ψ Psi Ω Omega';

const MATHEMATICS =
  '± pm ∓ mp × times ÷ div · cdot ≤ leq ≥ geq ≠ neq ≈ approx ≡ equiv ∼ sim ∝ propto ∞ infty → rightarrow ← leftarrow ' +
  '↔ leftrightarrow ↑ uparrow ↓ downarrow ⇒ Rightarrow ∂ partial ∇ nabla ∈ in ∑ sum ∏ prod ∆ Delta µ mu ‖ Vert ⟨ langle ' +
  '⟩ rangle ⊂ subset ∪ cup ∩ cap ∅ emptyset ′ prime';

function formulas(list: string): [sign: string, latex: string][] {
  const words = list.split(' ');
  return Array.from({ length: words.length / 2 }, (_, index) => [words[2 * index]!, `$\\${words[2 * index + 1]!}$`]);
}

/** How LaTeX prints signs that are commands to it, or that its input encoding does not know, in any font encoding. */
export const LATEX_SIGNS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...formulas(GREEK), ...formulas(MATHEMATICS)]),
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  // After `\\` and booktabs' rules these two would begin an option.
  '[': '{[}',
  '*': '{*}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '`': '\\textasciigrave{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\symbol{34}',
  '\u00a0': '~',
  '−': '$-$',
  '√': '$\\surd$',
  '–': '\\textendash{}',
  '—': '\\textemdash{}',
  '…': '\\dots{}',
  '•': '\\textbullet{}',
  '‘': '\\textquoteleft{}',
  '’': '\\textquoteright{}',
  '“': '\\textquotedblleft{}',
  '”': '\\textquotedblright{}',
  '°': '$^\\circ$',
  '¹': '$^1$',
  '²': '$^2$',
  '³': '$^3$',
  '½': '$\\frac12$',
  '§': '\\S{}',
  '¶': '\\P{}',
  '©': '\\copyright{}',
  '¿': '\\textquestiondown{}',
  '¡': '\\textexclamdown{}',
  ß: '\\ss{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  ł: '\\l{}',
  Ł: '\\L{}',
  ı: '\\i{}',
};
