namespace Sluice.Rollouts.Ports;

/// <summary>What came back for one scoring request.</summary>
/// <param name="Status">The HTTP status; 0 when no answer came at all.</param>
/// <param name="Deployment">The deployment that answered (header <c>azureml-model-deployment</c>); null when the answer does not say.</param>
/// <param name="Body">The body; for status 0 the reason why no answer came.</param>
/// <param name="Latency">The time from sending to the last byte.</param>
/// <param name="ModelStatus">The container's own status behind a 424 (header <c>ms-azureml-model-error-statuscode</c>); null otherwise.</param>
public sealed record ScoringAnswer(int Status, string? Deployment, string Body, TimeSpan Latency, string? ModelStatus = null)
{
    /// <summary>Whether the model answered.</summary>
    public bool IsSuccess => Status == 200;

    /// <summary>What came instead of the model's answer, as it fits after "got"; null when the model answered.</summary>
    public string? Failure => this switch
    {
        { IsSuccess: true } => null,
        { Status: 0 } => $"no answer ({Body})",
        { ModelStatus: { } status } => $"HTTP {Status} (the model answered {status}){Said}",
        _ => $"HTTP {Status}{Said}",
    };

    private string Said => Body.Length == 0 ? "" : $": {Body}";
}
