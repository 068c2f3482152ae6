namespace Sluice.Emulator.Operations;

/// <summary>
/// How an operation goes wrong. The two that show something else than what comes are what a client meets when the record of an
/// operation and the resource itself disagree: the resource is the truth.
/// </summary>
internal enum OperationFaultKind
{
    /// <summary>It takes very long.</summary>
    Hangs,

    /// <summary>It fails.</summary>
    Fails,

    /// <summary>Its polling addresses say at once that it has failed; it goes on and succeeds.</summary>
    ShowsFailed,

    /// <summary>Its polling addresses say at once that it has succeeded; it goes on and fails.</summary>
    ShowsSucceeded,
}
