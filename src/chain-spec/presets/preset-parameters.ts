import {type Parameters, PRESET_PARAMETERS, type PresetName} from "#runtime";

export type {PresetName};

/** Chains that need no file. */
export const PRESETS = Object.keys(PRESET_PARAMETERS) as readonly PresetName[];

export function isPreset(name: string): name is PresetName {
  return (PRESETS as readonly string[]).includes(name);
}

export function presetParameters(preset: PresetName): Parameters {
  return PRESET_PARAMETERS[preset];
}
