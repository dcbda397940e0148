import type { Program } from '../effects/effects.ts';

/** Finds a program by name. */
export function findProgram(name: string, path?: string): Promise<Program> {
  return Promise.reject(new Error(`no program ${name} ${path ?? ''}`));
}
