using System.Net;

namespace Sluice.IntegrationTests.Faults;

/// <summary>The way from the client to the candidate, which turns bad after some answers: from then on it answers nothing but errors.</summary>
/// <param name="service">The rest of the way.</param>
/// <param name="candidate">The candidate's name.</param>
/// <param name="goodAnswers">How many requests it answers well; null for all.</param>
/// <param name="answered">Told of each of them.</param>
internal sealed class CandidateWay(HttpMessageHandler service, string candidate, int? goodAnswers, Action answered) : DelegatingHandler(service)
{
    private int _asked;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.TryGetValues("azureml-model-deployment", out var asked) || asked.Single() != candidate)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (Interlocked.Increment(ref _asked) > goodAnswers)
        {
            return new HttpResponseMessage(HttpStatusCode.FailedDependency) { RequestMessage = request, Content = new StringContent("It turned bad.") };
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            answered();
        }

        return answer;
    }
}
