namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>Where something was written.</summary>
/// <param name="File">The file as it is shown to people; or an argument, for example <c>--steps</c>.</param>
/// <param name="Line">The line, from 1; null when the whole file, or an argument, is meant.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record Place(string File, int? Line = null, int? Column = null);
