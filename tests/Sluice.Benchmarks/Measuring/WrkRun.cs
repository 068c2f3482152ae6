namespace Sluice.Benchmarks.Measuring;

/// <summary>What wrk saw.</summary>
/// <param name="RequestsPerSecond">Answers in a second, all connections together.</param>
/// <param name="P99">The latency in milliseconds that 99 of 100 requests did not exceed.</param>
internal sealed record WrkRun(double RequestsPerSecond, double P99);
