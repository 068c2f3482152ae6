using System.Globalization;
using System.Xml;

namespace Sluice.Emulator.Arm;

/// <summary>Times and durations as the resource provider writes them.</summary>
internal static class WireTime
{
    /// <summary>As endpoints, deployments and operations have it: <c>2022-05-12T00:25:51.6030087Z</c>.</summary>
    public static string Zulu(DateTimeOffset time) => Text(time, "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'");

    /// <summary>As models and datastores have it: <c>2023-05-10T19:54:51.07058+00:00</c>.</summary>
    public static string Offset(DateTimeOffset time) => Text(time, "yyyy-MM-ddTHH:mm:ss.FFFFFFF'+00:00'");

    /// <summary>An ISO 8601 duration: <c>PT5S</c>.</summary>
    public static string Duration(TimeSpan duration) => XmlConvert.ToString(duration);

    private static string Text(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
