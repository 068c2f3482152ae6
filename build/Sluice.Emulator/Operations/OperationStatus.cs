namespace Sluice.Emulator.Operations;

/// <summary>Where an operation stands.</summary>
internal enum OperationStatus
{
    /// <summary>Running; on the wire this is <c>Updating</c>, whatever the operation.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended with an error.</summary>
    Failed,
}
