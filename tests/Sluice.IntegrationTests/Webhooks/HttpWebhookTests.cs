using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Webhooks;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>Questions to somebody else's service, which may be slow, rude or gone.</summary>
[Category("Integration")]
public sealed class HttpWebhookTests
{
    private const string Token = "a-token-that-nobody-may-see";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly HttpWebhook _webhook = new(TimeProvider.System);

    [OneTimeTearDown]
    public void Close() => _webhook.Dispose();

    [TestCase(200, "go on", "go on")]
    [TestCase(200, "", "")]
    [TestCase(409, "\r\n  hold: a deploy is frozen \r\nand more", "hold: a deploy is frozen")]
    [TestCase(500, "broken", "broken")]
    public async Task The_answer_is_the_status_with_the_first_line(int status, string text, string sentence)
    {
        await using var server = await WebhookServer.StartAsync(Says(status, text));

        var answer = await AskAsync(server.Address);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(status, sentence)));
    }

    [Test]
    public async Task The_question_is_a_POST_of_the_body_with_the_token()
    {
        await using var server = await WebhookServer.StartAsync(Says(200, "yes"));

        await _webhook.AskAsync(
            new Uri(server.Address, "/gate?x=1"), """{"step":"10 %"}""", new Secret(Token), Long, CancellationToken.None);

        var (path, headers, body) = server.Requests.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(path, Is.EqualTo("/gate"));
            Assert.That(body, Is.EqualTo("""{"step":"10 %"}"""));
            Assert.That(headers["Authorization"], Is.EqualTo($"Bearer {Token}"));
            Assert.That(headers["Content-Type"], Is.EqualTo("application/json"));
        }
    }

    [Test]
    public async Task Without_a_token_no_header_speaks_of_one()
    {
        await using var server = await WebhookServer.StartAsync(Says(200, "yes"));

        await AskAsync(server.Address);

        Assert.That(server.Requests.Single().Headers.Keys, Has.None.EqualTo("Authorization"));
    }

    [Test]
    public async Task A_token_that_the_other_side_quotes_is_not_shown()
    {
        await using var server = await WebhookServer.StartAsync(context =>
            Says(401, $"unknown: {context.Request.Headers.Authorization}")(context));

        var answer = await _webhook.AskAsync(server.Address, "{}", new Secret(Token), Long, CancellationToken.None);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(401, "unknown: Bearer ***")));
    }

    [Test]
    public async Task A_token_that_fits_into_no_header_is_not_sent_and_not_shown()
    {
        await using var server = await WebhookServer.StartAsync(Says(200, "yes"));

        var answer = await _webhook.AskAsync(server.Address, "{}", new Secret("a\r\nX-Other: b"), Long, CancellationToken.None);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(0, "the token has a character that no header may have")));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task An_address_that_is_a_secret_is_not_shown_however_the_other_side_quotes_it()
    {
        await using var server = await WebhookServer.StartAsync(context => Says(404, string.Join(
            ' ',
            $"no hook {context.Request.Path}",
            $"by {context.Request.Query["sig"]}",
            $"at {context.Request.Scheme}://{context.Request.Host}{context.Request.Path}{context.Request.QueryString}"))(context));
        var address = new Secret($"{server.Address}services/T0SECRET/hidden%2Dpart?sig=a%2Fsecret%2Bsignature");

        var answer = await _webhook.AskAsync(address, "{}", token: null, Long, CancellationToken.None);

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Sentence, Does.StartWith("no hook ").And.Contain("***"));
        Assert.That(answer.Sentence, Does.Not.Contain("T0SECRET").And.Not.Contain("hidden").And.Not.Contain("signature"));
        Assert.That(server.Requests.Single().Path, Is.EqualTo("/services/T0SECRET/hidden-part"));
    }

    [TestCase("what is this")]
    [TestCase("http://example.com/hidden")]
    [TestCase("https://me:hidden@example.com/")]
    public async Task A_secret_that_is_no_safe_address_is_not_asked_and_not_shown(string address)
    {
        var answer = await _webhook.AskAsync(new Secret(address), "{}", token: null, Long, CancellationToken.None);

        Assert.That(answer.Status, Is.Zero);
        Assert.That(answer.Sentence, Does.StartWith("the address ").And.Not.Contain("hidden").And.Not.Contain("what is"));
    }

    [TestCase("7", 7)]
    [TestCase("Mon, 01 Jan 2001 00:00:00 GMT", 0)]
    [TestCase("soon", null)]
    public async Task An_answer_may_say_how_long_it_wants_to_be_left_alone(string header, int? seconds)
    {
        await using var server = await WebhookServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = header;
            return Says(429, "slow down")(context);
        });

        var answer = await AskAsync(server.Address);

        Assert.That(answer.RetryAfter?.TotalSeconds, Is.EqualTo(seconds));
    }

    [TestCase(301)]
    [TestCase(307)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var other = await WebhookServer.StartAsync(Says(200, "yes"));
        await using var server = await WebhookServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Address.ToString();
            return Task.CompletedTask;
        });

        var answer = await _webhook.AskAsync(server.Address, "{}", new Secret(Token), Long, CancellationToken.None);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(status, "a redirect, which is not followed")));
        Assert.That(other.Requests, Is.Empty);
    }

    [Test]
    public async Task An_answer_without_end_is_read_no_further_than_a_line_may_reach()
    {
        await using var server = await WebhookServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 1000), context.RequestAborted);
            }
        });

        var answer = await AskAsync(server.Address);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(200, new string('x', HttpWebhook.LongestSentence - 1) + "…")));
    }

    [Test]
    public async Task What_a_terminal_would_obey_is_left_out()
    {
        await using var server = await WebhookServer.StartAsync(Says(200, "a\u001b[31mb\u202ec\u0007\td"));

        var answer = await AskAsync(server.Address);

        Assert.That(answer.Sentence, Is.EqualTo("a[31mbcd"));
    }

    [Test]
    public async Task A_pair_of_characters_is_not_cut_in_two()
    {
        await using var server = await WebhookServer.StartAsync(Says(200, string.Concat(Enumerable.Repeat("\U0001F600", 150))));

        var answer = await AskAsync(server.Address);

        Assert.That(answer.Sentence, Is.EqualTo(string.Concat(Enumerable.Repeat("\U0001F600", 99)) + "…"));
    }

    [Test]
    public async Task A_body_that_is_too_long_is_not_sent()
    {
        await using var server = await WebhookServer.StartAsync(Says(200, "yes"));

        var answer = await _webhook.AskAsync(
            server.Address, new string('ä', (HttpWebhook.LongestBody / 2) + 1), null, Long, CancellationToken.None);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(0, "the body has 1048578 bytes; allowed are 1048576")));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task A_service_that_does_not_answer_is_not_waited_for_longer_than_was_said()
    {
        await using var server = await WebhookServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var answer = await _webhook.AskAsync(server.Address, "{}", null, TimeSpan.FromMilliseconds(200), CancellationToken.None);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(0, "no answer within 0.2 s")));
    }

    [Test]
    public async Task The_wait_is_for_the_whole_answer()
    {
        await using var server = await WebhookServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("ye", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var answer = await _webhook.AskAsync(server.Address, "{}", null, TimeSpan.FromMilliseconds(500), CancellationToken.None);

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(0, "no answer within 0.5 s")));
    }

    [Test]
    public async Task Who_gives_up_gets_no_answer()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await WebhookServer.StartAsync(async context =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        Assert.That(
            () => _webhook.AskAsync(server.Address, "{}", null, Long, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Nobody_at_the_other_end_is_an_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var answer = await AskAsync(new Uri($"http://127.0.0.1:{port}/"));

        Assert.That(answer.Status, Is.Zero);
        Assert.That(answer.Sentence, Does.Contain($"127.0.0.1:{port}"));
    }

    [TestCase("http://example.com/gate?key=hidden", "the address on example.com is http; allowed are https, and http on loopback")]
    [TestCase("ftp://127.0.0.1/gate", "the address on 127.0.0.1 is ftp; allowed are https, and http on loopback")]
    [TestCase(
        "https://me:secret@example.com/", "the address on example.com has a user name; what it should be known by goes into the token")]
    [TestCase("/gate", "the address is not a whole one; expected is https://…")]
    public async Task An_address_that_is_not_safe_is_not_asked(string address, string sentence)
    {
        var answer = await AskAsync(new Uri(address, UriKind.RelativeOrAbsolute));

        Assert.That(answer, Is.EqualTo(new WebhookAnswer(0, sentence)));
    }

    [Test]
    public async Task A_certificate_that_the_machine_does_not_trust_is_refused()
    {
        await using var emulator = await RunningEmulator.StartAsync();

        var answer = await _webhook.AskAsync(emulator.Connection.ArmEndpoint, "{}", new Secret(Token), Long, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.Zero);
            Assert.That(answer.Sentence, Does.Contain("SSL"));
            Assert.That(answer.Sentence, Does.Not.Contain(Token));
        }
    }

    private static Func<HttpContext, Task> Says(int status, string text) => async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    };

    private Task<WebhookAnswer> AskAsync(Uri address) => _webhook.AskAsync(address, "{}", token: null, Long, CancellationToken.None);
}
