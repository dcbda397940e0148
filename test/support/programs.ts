/**
 * Path of an external program for a test, built or fetched by the same code as `npm run tools`.
 */
export function program(name: string): Promise<string> {
  return Promise.resolve(`/tmp/bin/${name}`);
}
