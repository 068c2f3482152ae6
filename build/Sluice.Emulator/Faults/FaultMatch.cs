using System.Text.RegularExpressions;

namespace Sluice.Emulator.Faults;

/// <summary>Which requests, or which deployments' containers, a rule is about.</summary>
internal sealed class FaultMatch
{
    private readonly FaultSurface? _surface;
    private readonly string? _method;
    private readonly Regex? _path;
    private readonly bool _withQuery;
    private readonly Regex? _deployment;

    /// <summary>Makes a match of what must fit; null leaves a part open.</summary>
    /// <param name="surface">The service.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">
    /// The whole path, whatever its case; <c>*</c> stands for any characters. With a <c>?</c> in it, path and query.
    /// </param>
    /// <param name="deployment">The whole name, whatever its case; <c>*</c> as in the path.</param>
    public FaultMatch(FaultSurface? surface, string? method, string? path, string? deployment)
    {
        _surface = surface;
        _method = method;
        _withQuery = path?.Contains('?', StringComparison.Ordinal) ?? false;
        _path = Pattern(path);
        _deployment = Pattern(deployment);
    }

    /// <summary>Whether a request fits.</summary>
    public bool Fits(FaultTarget request) =>
        (_surface is null || _surface == request.Surface)
        && (_method is null || _method.Equals(request.Method, StringComparison.OrdinalIgnoreCase))
        && (_path is null || _path.IsMatch(_withQuery ? request.Path + request.Query : request.Path));

    /// <summary>Whether a deployment fits.</summary>
    public bool FitsDeployment(string name) => _deployment is null || _deployment.IsMatch(name);

    private static Regex? Pattern(string? text) => text is null
        ? null
        : new Regex(
            $@"\A{Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal)}\z",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking);
}
