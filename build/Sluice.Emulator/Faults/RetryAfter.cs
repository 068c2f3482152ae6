using System.Globalization;

namespace Sluice.Emulator.Faults;

/// <summary>The header <c>Retry-After</c>.</summary>
internal static class RetryAfter
{
    /// <summary>A wait in whole seconds, rounded up: who waits so long has waited long enough.</summary>
    public static string Of(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
}
