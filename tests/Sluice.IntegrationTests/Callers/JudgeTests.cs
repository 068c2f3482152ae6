using Sluice.Emulator;

namespace Sluice.IntegrationTests.Callers;

/// <summary>
/// The judge finds what is wrong, and no more: blue has all traffic from 100 on, green from 200 on and until green is gone again at 300.
/// Each change takes 10.
/// </summary>
[Category("Integration")]
internal sealed class JudgeTests
{
    private static readonly Period Rotation = new(400, 500);

    private RouteLog _routes;

    [SetUp]
    public void Note_three_routes()
    {
        _routes = new RouteLog("heart");
        Note(100, "blue", "blue", "green");
        Note(200, "green", "blue", "green");
        Note(300, "blue", "blue");
    }

    [TestCase("blue", 120, 150, ExpectedResult = Finding.Right, TestName = "All the while it had traffic")]
    [TestCase("green", 120, 199, ExpectedResult = Finding.WrongDeployment, TestName = "Received before it had traffic")]
    [TestCase("green", 120, 200, ExpectedResult = Finding.Right, TestName = "Received when it may have had traffic")]
    [TestCase("blue", 210, 220, ExpectedResult = Finding.Right, TestName = "Sent when it may still have had traffic")]
    [TestCase("blue", 211, 220, ExpectedResult = Finding.WrongDeployment, TestName = "Sent when it had lost its traffic")]
    [TestCase("green", 120, 400, ExpectedResult = Finding.Right, TestName = "Under way while it had traffic")]
    [TestCase("green", 311, 400, ExpectedResult = Finding.WrongDeployment, TestName = "Sent when another one had taken over")]
    [TestCase("red", 120, 400, ExpectedResult = Finding.WrongDeployment, TestName = "Of a deployment that was never there")]
    public Finding An_answer_by_split(string deployment, long sent, long received) =>
        Of(new CallerAnswer(Period(sent, received), 200, deployment, Pinned: null, Refused: null, Trouble: null));

    [TestCase(200, "green", 120, 150, ExpectedResult = Finding.Right, TestName = "It may have no traffic")]
    [TestCase(200, "blue", 120, 150, ExpectedResult = Finding.WrongDeployment, TestName = "Another one answers")]
    [TestCase(200, "green", 311, 320, ExpectedResult = Finding.WrongDeployment, TestName = "It was gone and answers")]
    [TestCase(404, null, 311, 320, ExpectedResult = Finding.Right, TestName = "It was gone")]
    [TestCase(404, null, 120, 150, ExpectedResult = Finding.Failed, TestName = "It was there and was not found")]
    [TestCase(404, null, 290, 300, ExpectedResult = Finding.Right, TestName = "It may have been gone")]
    [TestCase(424, "green", 120, 150, ExpectedResult = Finding.Failed, TestName = "It did not answer")]
    public Finding An_answer_to_a_request_for_green(int status, string? deployment, long sent, long received) =>
        Of(new CallerAnswer(Period(sent, received), status, deployment, "green", Refused: null, Trouble: null));

    [TestCase(200, 380, 400, ExpectedResult = Finding.Right, TestName = "Refused in a rotation, then answered")]
    [TestCase(200, 380, 399, ExpectedResult = Finding.Failed, TestName = "Refused without a rotation")]
    [TestCase(200, 501, 510, ExpectedResult = Finding.Failed, TestName = "A key that was read after the rotation is refused")]
    [TestCase(401, 380, 400, ExpectedResult = Finding.Failed, TestName = "Refused again")]
    public Finding A_repeated_request(int status, long read, long refused) =>
        Of(new CallerAnswer(Period(600, 610), status, status == 200 ? "blue" : null, Pinned: null, Period(read, refused), Trouble: null));

    [TestCase(500, "blue", null)]
    [TestCase(404, null, null)]
    [TestCase(0, null, "ECONNRESET")]
    [TestCase(200, "blue", "the body is no list of one prediction")]
    [TestCase(200, null, null)]
    public void Everything_else_has_failed(int status, string? deployment, string? trouble)
    {
        var answer = new CallerAnswer(Period(120, 150), status, deployment, Pinned: null, Refused: null, trouble);

        Assert.That(Of(answer), Is.EqualTo(Finding.Failed));
    }

    private static Period Period(long from, long until) => new(from, until);

    private Finding Of(CallerAnswer answer) => new Judge(_routes, [Rotation]).Of(answer);

    /// <summary>Notes a route that gives a deployment all traffic.</summary>
    private void Note(long nanosecond, string serving, params string[] deployments)
    {
        var route = new LiveRoute("heart", new Dictionary<string, int> { [serving] = 100 }, deployments);
        _routes.Note(new Period(nanosecond, nanosecond + 10), route);
    }
}
