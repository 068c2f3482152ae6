using System.Collections.Immutable;

namespace Sluice.CommandLine;

/// <summary>What came of reading a command line.</summary>
/// <param name="Target">The target, as it is declared.</param>
/// <param name="Given">The arguments.</param>
/// <param name="Mistakes">Everything that is wrong, a sentence each; nothing must run unless it is empty.</param>
internal sealed record CommandLineReading(string Target, GivenArguments Given, ImmutableArray<string> Mistakes);
