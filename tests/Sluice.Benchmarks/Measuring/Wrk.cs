using System.Globalization;
using System.Text;
using Sluice.Benchmarks.Figures;
using Sluice.Emulator.Hosting;

namespace Sluice.Benchmarks.Measuring;

/// <summary>The load generator wrk, sending one request again and again.</summary>
internal sealed class Wrk
{
    // Key and body stand in the script: it is readable by its owner only, and arguments are for everybody to see.
    private const string Script =
        """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        %AUTHORIZATION%
        wrk.body = %BODY%
        done = function(summary, latency)
            local errors = summary.errors
            io.write(string.format("sluice %d %d %f %d\n", summary.requests, summary.duration, latency:percentile(99),
                errors.connect + errors.read + errors.write + errors.status + errors.timeout))
        end
        """;

    private readonly string _script;
    private readonly Uri _address;

    private Wrk(string script, Uri address) => (_script, _address) = (script, address);

    /// <summary>Prepares a request.</summary>
    /// <param name="ground">Where its script is written to.</param>
    /// <param name="target">Where it is sent to.</param>
    /// <param name="body">Its body, JSON.</param>
    public static Wrk To(Ground ground, ScoringTarget target, string body)
    {
        var script = Path.Combine(ground.Folder("wrk"), "request.lua");
        var authorization = target.Key is { } key ? $"wrk.headers[\"Authorization\"] = {Text($"Bearer {key}")}" : "";
        OwnerOnly.Write(script, Script.Replace("%AUTHORIZATION%", authorization, StringComparison.Ordinal).Replace("%BODY%", Text(body), StringComparison.Ordinal));
        return new Wrk(script, target.Address);
    }

    /// <summary>Sends the request for a while, each connection the next one when the last one was answered.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="duration">How long, in whole seconds.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="MissingToolException">wrk is not on this machine.</exception>
    /// <exception cref="InvalidOperationException">A request was not answered, or not with success.</exception>
    public async Task<WrkRun> RunAsync(int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var seconds = duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var run = await new Command(
            "wrk",
            ["--threads=1", $"--connections={connections}", $"--duration={seconds}s", "--timeout=30s", $"--script={_script}", $"{_address}"],
            Path.GetDirectoryName(_script)!).RunAsync(cancellationToken);
        var figures = run.Output.Split('\n').First(line => line.StartsWith("sluice ", StringComparison.Ordinal)).Split(' ')[1..]
            .Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return figures[3] == 0 && figures[0] > 0
            ? new WrkRun(figures[0] / figures[1] * 1e6, figures[2] / 1000)
            : throw new InvalidOperationException($"{figures[3]} of {figures[0]} requests to {_address} failed.");
    }

    /// <summary>A text in Lua; JSON's escapes are not all Lua's, so bytes that are not plain go by number.</summary>
    private static string Text(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in Encoding.UTF8.GetBytes(text))
        {
            quoted.Append(letter is >= (byte)' ' and <= (byte)'~' and not (byte)'"' and not (byte)'\\'
                ? ((char)letter).ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\{letter:000}"));
        }

        return quoted.Append('"').ToString();
    }
}
