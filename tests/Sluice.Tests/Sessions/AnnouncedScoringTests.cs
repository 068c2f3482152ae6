using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Sessions;
using Sluice.Tests.AzureML;

namespace Sluice.Tests.Sessions;

[Category("Unit")]
internal sealed class AnnouncedScoringTests
{
    private static readonly ScoringAnswer Answer = new(200, "default", "[1]", TimeSpan.Zero);

    [Test]
    public async Task A_request_is_under_way_until_its_answer_has_come()
    {
        var work = new CountedWork();
        var answer = new TaskCompletionSource<ScoringAnswer>();

        var request = ScoreAsync(answer.Task, work);
        var amid = work.UnderWay;
        answer.SetResult(Answer);

        Assert.That((amid, await request, work.UnderWay), Is.EqualTo((1, Answer, 0)));
    }

    [Test]
    public async Task One_that_is_cancelled_is_not_under_way_any_more()
    {
        var work = new CountedWork();

        await Assert.CatchAsync<OperationCanceledException>(() => ScoreAsync(Task.FromCanceled<ScoringAnswer>(new(canceled: true)), work));

        Assert.That((work.Begun, work.UnderWay), Is.EqualTo((1, 0)));
    }

    private static Task<ScoringAnswer> ScoreAsync(Task<ScoringAnswer> answer, CountedWork work) =>
        new AnnouncedScoring(new Answering(answer), work.Begin).ScoreAsync(
            new(new Uri("https://localhost/score"), new Secret("a key of the test")), "[1]", deployment: null, CancellationToken.None);

    private sealed class Answering(Task<ScoringAnswer> answer) : IScoringClient
    {
        public Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken) => answer;
    }
}
