namespace Sluice.Tests.Fuzz;

/// <summary>An answer of ARM.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">The headers.</param>
internal sealed record ArmAnswer(int Status, byte[] Body, params (string Name, string Value)[] Headers);
