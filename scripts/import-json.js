/**
 * Lets Node load the packages of GitHub's workflow parser from source: they import JSON in the way of bundlers, without
 * the attribute that Node asks for. Usage: node --import ./scripts/import-json.js …
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    return resolved.url.endsWith('.json') ? { ...resolved, importAttributes: { type: 'json' } } : resolved;
  },
});
