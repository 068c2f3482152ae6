using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A value that was read, and where it came from, so that a rule over several values can say which one is wrong.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="Value">The value; the type's default after a mistake, when nothing is made of it any more.</param>
/// <param name="Place">Where it was written, or would have been.</param>
/// <param name="IsGood">False after a mistake: no rule over several values looks at it then.</param>
internal sealed record Field<T>(T Value, Place Place, bool IsGood = true);
