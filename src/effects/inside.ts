import { isAbsolute, relative, sep } from 'node:path';

/** Whether an absolute path is a folder itself or lies below it. Links are not followed; a name such as `..cache` is a name. */
export function isInside(absolute: string, folder: string): boolean {
  const inside = relative(folder, absolute);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
