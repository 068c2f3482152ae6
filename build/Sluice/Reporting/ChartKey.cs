namespace Sluice.Reporting;

/// <summary>What one line or area of a chart stands for. The page writes it, so that its words take the room that they need in any font.</summary>
/// <param name="Title">What it stands for.</param>
/// <param name="Color">The page's colour, such as <c>--stable</c>.</param>
/// <param name="Dashes">The lengths of its dashes and gaps; null for a line without gaps.</param>
/// <param name="Width">How thick it is.</param>
internal sealed record ChartKey(string Title, string Color, string? Dashes, double Width);
