using Sluice.Rollouts.Ports;

namespace Sluice.Tests.AzureML;

/// <summary>Keeps what was reported, in order.</summary>
internal sealed class RecordedProgress : IProgress<OperationProgress>
{
    private readonly List<OperationProgress> _reports = [];

    public IReadOnlyList<OperationProgress> Reports
    {
        get
        {
            lock (_reports)
            {
                return [.. _reports];
            }
        }
    }

    public IEnumerable<string> States => Reports.Select(report => report.State);

    public void Report(OperationProgress value)
    {
        lock (_reports)
        {
            _reports.Add(value);
        }
    }
}
