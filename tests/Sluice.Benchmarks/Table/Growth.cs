namespace Sluice.Benchmarks.Table;

/// <summary>How a cost grows with the work.</summary>
/// <param name="Name">What costs.</param>
/// <param name="Of">What grows: <c>deployments</c>, for example.</param>
/// <param name="Unit">The unit of the costs.</param>
/// <param name="Costs">The sizes and their costs, by rising size.</param>
internal sealed record Growth(string Name, string Of, string Unit, IReadOnlyList<(double Size, double Cost)> Costs)
{
    /// <summary>
    /// The exponent b of cost = a · size^b: the slope of the least-squares line through the logarithms. 1 is linear; what is constant beside it
    /// (a start, a connection) makes it smaller.
    /// </summary>
    public double Exponent
    {
        get
        {
            var points = Costs.Select(each => (X: Math.Log(each.Size), Y: Math.Log(each.Cost))).ToList();
            var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
            return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
        }
    }
}
