using System.Net.Http.Headers;
using System.Net.Mime;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// Reads requests as the inference server does for a <c>run()</c> with declared inputs, as Azure's script for MLflow models has one: JSON
/// only, and the parameters by name.
/// </summary>
/// <param name="script">The script; belongs to this object from now on.</param>
internal sealed class DecoratedScript(IScoringScript script) : IEntryScript
{
    /// <inheritdoc/>
    public Func<PooledBuffer, ValueTask> Read(ContainerRequest request)
    {
        if (request.Method == "POST" && !IsJson(request.ContentType))
        {
            throw new UnsupportedInputException("Expects Content-Type to be application/json");
        }

        var body = request.Method == "POST" ? ScoreBody.Read(request.Body.Memory) : ScoreBody.Read(request.Query);
        return answer =>
        {
            script.Run(body.Json, body.InputData, body.Parameters, answer);
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>Does nothing: the script runs in this process, on as many threads as requests are let in.</summary>
    public void Scale(int instances, CancellationToken cancellationToken)
    {
    }

    /// <summary>Does nothing: requests in this process end by themselves, and soon.</summary>
    public void Abandon()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => script.Dispose();

    private static bool IsJson(string? contentType)
    {
        if (contentType is MediaTypeNames.Application.Json)
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var parsed) && parsed.MediaType is { } type
            && (type.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
                || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                    && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)));
    }
}
