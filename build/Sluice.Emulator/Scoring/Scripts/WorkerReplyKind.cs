namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>What a worker says; the values are the letters of <c>worker.py</c>.</summary>
internal enum WorkerReplyKind : byte
{
    /// <summary><c>init()</c> has ended well.</summary>
    Ready = (byte)'+',

    /// <summary>The script could not be loaded, or <c>init()</c> failed; the payload says why.</summary>
    NotStarted = (byte)'-',

    /// <summary>What <c>run()</c> returned, as JSON.</summary>
    Answer = (byte)'A',

    /// <summary><c>run()</c> has thrown; the payload names the exception.</summary>
    Failed = (byte)'F',

    /// <summary>JSON cannot say what <c>run()</c> returned; the payload says why.</summary>
    Unserializable = (byte)'J',
}
