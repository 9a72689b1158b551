using System.Globalization;

namespace CrashChecker.Disks;

/// <summary>The control file of the preloaded library.</summary>
internal sealed class FaultControl(string path)
{
    public void Apply(DiskFault fault, int number)
    {
        // The library must never see half a file.
        File.WriteAllText(path + ".new", string.Format(CultureInfo.InvariantCulture, fault.Rules, number) + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Clear() => File.Delete(path);
}
