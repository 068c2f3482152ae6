using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>What a test reads of a response.</summary>
internal static class Responses
{
    internal static string Text(this HttpResponse response) => Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray());

    internal static string? Header(this HttpResponse response, string name) => response.Headers[name];
}
