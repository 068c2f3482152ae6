using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>An argument that wins over a key of the config file.</summary>
/// <typeparam name="T">The type of its value.</typeparam>
/// <param name="Name">The argument, for example <c>--retain</c>.</param>
/// <param name="IsGiven">Whether it is given.</param>
/// <param name="Value">Its value when it is given.</param>
/// <param name="Place">Where it is given: the argument itself, or its environment variable.</param>
internal sealed record Argument<T>(string Name, bool IsGiven, T Value, Place Place);
