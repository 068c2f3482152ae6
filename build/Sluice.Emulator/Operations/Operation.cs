namespace Sluice.Emulator.Operations;

/// <summary>A long-running operation. Its effects become visible when it ends.</summary>
/// <param name="Id">Its id, the last part of the name on the wire.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Endpoint">The endpoint it is about.</param>
/// <param name="Deployment">The deployment it is about, or null.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="DueAt">When it ends at the earliest; kept over restarts.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Fault">What a rule has go wrong with it; null for nothing.</param>
internal sealed record Operation(
    Guid Id,
    OperationKind Kind,
    string Endpoint,
    string? Deployment,
    OperationStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? EndedAt,
    OperationError? Error,
    OperationFault? Fault = null)
{
    /// <summary>Its key among all operations.</summary>
    public string Key => KeyOf(Id);

    /// <summary>The key of an operation.</summary>
    public static string KeyOf(Guid id) => id.ToString("D");

    /// <summary>The operation as its polling addresses show it, which is the truth unless a fault shows something else.</summary>
    public Operation Shown() => Fault?.Kind switch
    {
        OperationFaultKind.ShowsFailed => this with { Status = OperationStatus.Failed, EndedAt = StartedAt, Error = Fault.Error },
        OperationFaultKind.ShowsSucceeded => this with { Status = OperationStatus.Succeeded, EndedAt = StartedAt, Error = null },
        _ => this,
    };
}
