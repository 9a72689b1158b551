using System.IO.MemoryMappedFiles;
using Fuzz.Mutation;

namespace Fuzz;

/// <summary>The running input, in a file that survives this process: for a stack overflow, and for an input that never ends.</summary>
internal sealed class LastInput : IDisposable
{
    public const string Extension = ".current";

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly string path;

    public LastInput(string folder, string target)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, target + Extension);
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, sizeof(int) + EditBuffer.MaxLength);
        view = file.CreateViewAccessor();
    }

    public void Set(ReadOnlySpan<byte> input)
    {
        if (input.Length > EditBuffer.MaxLength) return; // a seed, which is in its own file
        view.Write(0, input.Length);
        view.SafeMemoryMappedViewHandle.WriteSpan(sizeof(int), input);
    }

    public static byte[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes.AsSpan(sizeof(int), BitConverter.ToInt32(bytes)).ToArray();
    }

    /// <summary>All inputs have ended, so none is worth keeping.</summary>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
        File.Delete(path);
    }
}
