/** The part of the `secp256k1` package that we use; it brings no types. All of it throws on malformed input. */
declare module "secp256k1" {
  const secp256k1: {
    publicKeyCreate(secretKey: Uint8Array, compressed: boolean): Uint8Array;
    ecdsaSign(hash: Uint8Array, secretKey: Uint8Array): {signature: Uint8Array; recid: number};
    ecdsaRecover(
      signature: Uint8Array,
      recoveryId: number,
      hash: Uint8Array,
      compressed: boolean,
    ): Uint8Array;
  };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS, whose exports arrive as the default.
  export default secp256k1;
}
