namespace Sluice.Emulator.Blobs;

/// <summary>What was copied ahead of a change is not what is there at the change.</summary>
internal sealed class ContentChangedException() : Exception("The blob was written meanwhile.");
