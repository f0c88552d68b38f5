import type {Result} from "#base";
import type {Codec} from "#codec";
import type {AccountId, DispatchInfo, ValidityError, ValidTransaction} from "#primitives";
import type {Externalities} from "#state";
import type {DispatchResult, PostDispatch} from "./call.ts";
import type {RuntimeCall} from "./runtime-call.ts";

/** What an extension gets to know of the transaction it looks at. */
export interface ExtensionInput<Extra> {
  readonly who: AccountId;
  readonly call: RuntimeCall;
  readonly info: DispatchInfo;
  /** Bytes of the whole extrinsic, length prefix included. */
  readonly length: number;
  readonly extra: Extra;
}

/**
 * One of the checks around a signed transaction (upstream's SignedExtension, spec/pallets §5): what it puts into
 * the extrinsic (`extra`), what it adds to the signed payload only (`additional`), and what it does in the pool,
 * before and after the call.
 */
export interface SignedExtension<Extra = unknown, Additional = unknown, Pre = unknown> {
  readonly identifier: string;
  readonly extra: Codec<Extra>;
  readonly additional: Codec<Additional>;
  additionalSigned(state: Externalities, extra: Extra): Result<Additional, ValidityError>;
  validate?(
    state: Externalities,
    input: ExtensionInput<Extra>,
  ): Result<Partial<ValidTransaction>, ValidityError>;
  preDispatch?(state: Externalities, input: ExtensionInput<Extra>): Result<Pre, ValidityError>;
  /** The same for extrinsics without a signer. */
  preDispatchUnsigned?(
    state: Externalities,
    input: Omit<ExtensionInput<Extra>, "who" | "extra">,
  ): Result<void, ValidityError>;
  validateUnsigned?(
    state: Externalities,
    input: Omit<ExtensionInput<Extra>, "who" | "extra">,
  ): Result<Partial<ValidTransaction>, ValidityError>;
  /** `pre` is undefined for an extrinsic without a signer. */
  postDispatch?(
    state: Externalities,
    after: {
      readonly pre: Pre | undefined;
      readonly info: DispatchInfo;
      readonly post: PostDispatch;
      readonly length: number;
      readonly result: DispatchResult;
    },
  ): void;
}

/** Keeps the checker happy where extensions of different types stand in one list. */
export function extension<Extra, Additional, Pre>(
  declared: SignedExtension<Extra, Additional, Pre>,
): SignedExtension {
  return declared as unknown as SignedExtension;
}
