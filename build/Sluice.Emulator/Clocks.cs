namespace Sluice.Emulator;

/// <summary>
/// The two clocks of the local Azure ML. Usually they are one; in a rehearsal the service's runs faster, while a request still takes the time
/// that it takes.
/// </summary>
/// <param name="Service">How far the service is: operations, the minutes of metrics, and what resources and logs are stamped with.</param>
/// <param name="Request">
/// What is between a request and its answer, and what two sides have to agree on: scoring and its limits, leases, signatures, tokens, TLS.
/// </param>
/// <param name="BeginWork">Begins work of the service that takes as long as it takes; see <see cref="EmulatorOptions.BeginWork"/>.</param>
internal sealed record Clocks(TimeProvider Service, TimeProvider Request, Func<IDisposable>? BeginWork = null);
