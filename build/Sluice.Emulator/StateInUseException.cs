namespace Sluice.Emulator;

/// <summary>Another process serves the state folder, so it cannot be cleared.</summary>
public sealed class StateInUseException : InvalidOperationException
{
    internal StateInUseException(string stateFolder, int? processId)
        : base($"The state folder {stateFolder} is served by {(processId is null ? "another process" : $"process {processId}")}; stop that first.")
        => ProcessId = processId;

    /// <summary>Id of the serving process; null when it has not yet written it down.</summary>
    public int? ProcessId { get; }
}
