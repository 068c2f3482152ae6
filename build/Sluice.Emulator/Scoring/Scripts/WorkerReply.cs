namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>A frame from the worker.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">JSON or a sentence, in UTF-8.</param>
internal readonly record struct WorkerReply(WorkerReplyKind Kind, byte[] Payload);
