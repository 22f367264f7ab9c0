const UNITS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** The number that a quantity of Kubernetes stands for: 0.05 of 50m, 268435456 of 256Mi. */
export const quantity = (text: string | number): number => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(String(text)) ?? []
  const factor = UNITS[unit]
  if (number === undefined || factor === undefined) throw new Error(`${text} is no quantity that Kubernetes knows.`)
  return Number(number) * factor
}
