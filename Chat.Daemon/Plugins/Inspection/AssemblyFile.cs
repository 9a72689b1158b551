using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>A managed DLL whose metadata is read, without running any of its code.</summary>
internal sealed class AssemblyFile : IDisposable
{
    private readonly PEReader image;

    private AssemblyFile(PEReader image)
    {
        this.image = image;
        Metadata = image.GetMetadataReader();
    }

    public MetadataReader Metadata { get; }

    /// <exception cref="PluginRefusedException">It is not a managed assembly, or is incomplete.</exception>
    public static AssemblyFile Open(string path) => OpenIfManaged(path)
        ?? throw new PluginRefusedException(LocalizedText.Of(t => t.NotAnAssembly(Path.GetFileName(path))), PluginFault.Incomplete);

    /// <summary>Null for a native library, or another file that is named like one.</summary>
    /// <exception cref="PluginRefusedException">It is incomplete.</exception>
    public static AssemblyFile? OpenIfManaged(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes is not [(byte)'M', (byte)'Z', ..]) return null;
        var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
        try
        {
            if (!IsComplete(image, bytes)) throw new BadImageFormatException();
            if (image.HasMetadata) return new AssemblyFile(image);
            image.Dispose();
            return null;
        }
        catch (BadImageFormatException failure)
        {
            image.Dispose();
            var reason = LocalizedText.Of(t => t.IncompleteDll(Path.GetFileName(path)));
            throw new PluginRefusedException(reason, PluginFault.Incomplete, failure);
        }
    }

    public void Dispose() => image.Dispose();

    private static bool IsComplete(PEReader image, ReadOnlySpan<byte> bytes)
    {
        var (headers, length) = (image.PEHeaders, bytes.Length);
        if (!headers.SectionHeaders.All(section => (long)section.PointerToRawData + section.SizeOfRawData <= length)) return false;
        // Some copies have their full length from the start, and zeros where no data has arrived yet.
        // The last section of an assembly is never all zeros.
        var last = headers.SectionHeaders.Where(section => section.SizeOfRawData > 0).MaxBy(section => section.PointerToRawData);
        return headers.PEHeader is not { CorHeaderTableDirectory.Size: > 0 }
            || bytes.Slice(last.PointerToRawData, last.SizeOfRawData).ContainsAnyExcept((byte)0);
    }
}
