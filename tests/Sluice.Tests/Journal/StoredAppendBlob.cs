using Sluice.Emulator.Blobs;

namespace Sluice.Tests.Journal;

/// <summary>A blob in <see cref="AppendBlobs"/>.</summary>
internal sealed record StoredAppendBlob(string Content = "", int Appends = 0, Lease? Lease = null);
