using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Chat.Plugins.Tests;

/// <summary>Changes what no compiler would write.</summary>
internal static class Patch
{
    /// <summary>Has the assembly refer to another major version.</summary>
    public static void ReferenceVersion(string path, string name, ushort major)
    {
        var bytes = File.ReadAllBytes(path);
        using var image = new PEReader(new MemoryStream(bytes));
        var metadata = image.GetMetadataReader();
        var row = metadata.AssemblyReferences.Select((handle, index) => (Name: metadata.GetString(metadata.GetAssemblyReference(handle).Name), index)).Single(r => r.Name == name).index;
        var at = image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + (row * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), major);
        File.WriteAllBytes(path, bytes);
    }
}
