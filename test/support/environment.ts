import { afterEach, beforeEach } from '@jest/globals';

/**
 * Sets variables of this process before each test and puts the old values back after it.
 * @param variables makes the values; undefined removes a variable
 */
export function withEnvironment(variables: () => Readonly<Record<string, string | undefined>>): void {
  let before: Record<string, string | undefined> = {};
  beforeEach(() => {
    const wanted = variables();
    before = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]));
    assign(wanted);
  });
  afterEach(() => assign(before));
}

function assign(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}
