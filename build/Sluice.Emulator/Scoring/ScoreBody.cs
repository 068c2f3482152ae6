using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Emulator.Scoring.Mlflow;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring;

/// <summary>The body of a scoring request, read as far as the inference server reads it.</summary>
/// <param name="Json">The text: an object in UTF-8.</param>
/// <param name="InputData">Where the value of <c>input_data</c> stands.</param>
/// <param name="Parameters">Where the value of <c>params</c> stands; null when it is absent.</param>
internal readonly record struct ScoreBody(ReadOnlyMemory<byte> Json, Cell InputData, Cell? Parameters)
{
    /// <summary>Reads what was posted.</summary>
    /// <exception cref="BadInputException">The body is not JSON, no object, or has no <c>input_data</c>.</exception>
    /// <exception cref="PythonJsonException">Python's reader breaks on the body in a way that the server does not foresee.</exception>
    internal static ScoreBody Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            throw new BadInputException("POST body is empty. Expecting a JSON dictionary.");
        }

        try
        {
            return Utf8.IsValid(body.Span) ? Find(body) : Find(PythonJson.Normalize(body.Span));
        }
        catch (JsonException)
        {
            return ReadAsPython(body);
        }
        catch (PythonJsonException e) when (e.IsDecodeError)
        {
            throw NotJson(e);
        }
    }

    /// <summary>Reads the query of a GET: each value as JSON where it is JSON, as a text otherwise; a repeated one as a list.</summary>
    /// <exception cref="BadInputException">There is no <c>input_data</c>.</exception>
    internal static ScoreBody Read(string query)
    {
        using var json = new PooledBuffer(256);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in QueryHelpers.ParseQuery(query))
            {
                writer.WritePropertyName(name);
                if (values.Count > 1)
                {
                    writer.WriteStartArray();
                }

                foreach (var value in values)
                {
                    WriteParameter(writer, value ?? "");
                }

                if (values.Count > 1)
                {
                    writer.WriteEndArray();
                }
            }

            writer.WriteEndObject();
        }

        return Find(json.Span.ToArray());
    }

    private static ScoreBody ReadAsPython(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Find(PythonJson.Normalize(body.Span));
        }
        catch (PythonJsonException e) when (e.IsDecodeError)
        {
            throw NotJson(e);
        }
    }

    private static BadInputException NotJson(PythonJsonException e) => new($"POST body could not be decoded as JSON: {e.Message}");

    private static void WriteParameter(Utf8JsonWriter writer, string value)
    {
        try
        {
            writer.WriteRawValue(PythonJson.Normalize(System.Text.Encoding.UTF8.GetBytes(value)));
        }
        catch (PythonJsonException)
        {
            writer.WriteStringValue(value);
        }
    }

    private static ScoreBody Find(ReadOnlyMemory<byte> json)
    {
        Cell? input = null;
        Cell? parameters = null;
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = PythonJson.MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            reader.Read();
            throw new BadInputException("POST body should be a JSON dictionary.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isInput = IsNamed(ref reader, "input_data"u8);
            var isParameters = !isInput && IsNamed(ref reader, "params"u8);
            reader.Read();
            var value = Cell.Read(ref reader, offset: 0);
            input = isInput ? value : input;
            parameters = isParameters ? value : parameters;
        }

        // Nothing but space may follow; the reader throws otherwise.
        reader.Read();
        return input is { } found
            ? new ScoreBody(json, found, parameters)
            : throw new BadInputException("A value is not provided for the 'input_data' parameter.");
    }

    private static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which Python lets pass: a name like any other, but not this one.
            return false;
        }
    }
}
