using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>A managed DLL, read without running anything of it.</summary>
internal sealed class AssemblyFile : IDisposable
{
    private readonly PEReader image;

    private AssemblyFile(PEReader image)
    {
        this.image = image;
        Metadata = image.GetMetadataReader();
    }

    public MetadataReader Metadata { get; }

    /// <exception cref="PluginRefusedException">It is no managed assembly, or not a whole one.</exception>
    public static AssemblyFile Open(string path) => OpenIfManaged(path)
        ?? throw new PluginRefusedException(Sentence.Of(t => t.NotAnAssembly(Path.GetFileName(path))), Fault.Unfinished);

    /// <summary>Null for what may lie beside a plugin too: a native library, or something else that is named like one.</summary>
    /// <exception cref="PluginRefusedException">It is not whole.</exception>
    public static AssemblyFile? OpenIfManaged(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes is not [(byte)'M', (byte)'Z', ..]) return null;
        var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
        try
        {
            if (!IsWhole(image, bytes)) throw new BadImageFormatException();
            if (image.HasMetadata) return new AssemblyFile(image);
            image.Dispose();
            return null;
        }
        catch (BadImageFormatException failure)
        {
            image.Dispose();
            throw new PluginRefusedException(Sentence.Of(t => t.PartOfDll(Path.GetFileName(path))), Fault.Unfinished, failure);
        }
    }

    public void Dispose() => image.Dispose();

    private static bool IsWhole(PEReader image, ReadOnlySpan<byte> bytes)
    {
        var (headers, length) = (image.PEHeaders, bytes.Length);
        if (!headers.SectionHeaders.All(section => (long)section.PointerToRawData + section.SizeOfRawData <= length)) return false;
        // Some copies have their full length from the beginning, and zeros where nothing has come yet. The last section of an assembly is never all zeros.
        var last = headers.SectionHeaders.Where(section => section.SizeOfRawData > 0).MaxBy(section => section.PointerToRawData);
        return headers.PEHeader is not { CorHeaderTableDirectory.Size: > 0 } || bytes.Slice(last.PointerToRawData, last.SizeOfRawData).ContainsAnyExcept((byte)0);
    }
}
