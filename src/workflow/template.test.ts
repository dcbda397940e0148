import { describe, expect, it } from '@jest/globals';
import type { ScalarNode } from '../documents/node.ts';
import { toValue } from './expression.ts';
import { literalText, parseTemplate, sourceText, templateText, templateValue } from './template.ts';

const scope = {
  contexts: { inputs: toValue({ name: 'x', flag: true, list: [1], text: '}}' }) },
  status: { success: true, failure: false, cancelled: false },
};
const template = (value: ScalarNode['value']) => parseTemplate({ kind: 'scalar', value, line: 2, column: 3 });

describe('a template', () => {
  it.each<[ScalarNode['value'], string]>([
    ['plain', 'plain'],
    [1.5, '1.5'],
    [true, 'true'],
    [null, ''],
    [12345678901234567890n, '12345678901234567890'],
    ['${{ inputs.name }}', 'x'],
    ['a-${{ inputs.name }}-${{ inputs.flag }}', 'a-x-true'],
    ["${{ format('{0}}}', inputs.name) }}", 'x}'],
    ["${{ 'it''s }}' }}!", "it's }}!"],
    ['${{ inputs.nope }}', ''],
  ])('%s becomes the text %s', (value, text) => {
    expect(templateText(template(value), scope)).toBe(text);
  });

  it('keeps the type of a literal and of an only expression', () => {
    const kinds = [true, 5, '5', '${{ inputs.flag }}', ' ${{ inputs.flag }}'].map(
      (value) => templateValue(template(value), scope).kind,
    );
    const [flag, number, text] = [true, 5, ''].map((value) => toValue(value).kind);
    expect(kinds).toEqual([flag, number, text, flag, text]);
  });

  it.each([
    ['a ${{ inputs.name', 'not closed'],
    ['${{ }}', 'An expression is empty.'],
    ['${{ inputs. }}', 'Unexpected symbol'],
  ])('%s is refused: %s', (value, message) => {
    expect(() => template(value)).toThrow(message);
  });

  it('refuses to print a list as a text', () => {
    expect(() => templateText(template('${{ inputs.list }}'), scope)).toThrow('list or an object');
  });

  it('is a literal only without expressions', () => {
    expect(['a', 1, '${{ inputs.name }}'].map((value) => literalText(template(value)))).toEqual(['a', '1', undefined]);
  });

  it('can be shown before it is evaluated', () => {
    expect(sourceText(template('Deploy ${{inputs.name}} now'))).toBe('Deploy ${{ inputs.name }} now');
  });
});
