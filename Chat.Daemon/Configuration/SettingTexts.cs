namespace Chat.Daemon.Configuration;

/// <summary>Texts about settings and their sources.</summary>
internal sealed class SettingTexts(string language) : Texts(language)
{
    /// <summary>For log lines and documents.</summary>
    public static SettingTexts English { get; } = new("en");

    public string Default => Text();

    public string Environment => Text();

    public string CommandLine => Text();

    public string TrueOrFalse => Text();

    public string AnyText => Text();

    public string Path => Text();

    public string PathOrEmpty => Text();

    public string NodeOrEmpty => Text();

    public string ClusterWithoutDatabase => Text();

    public string ClusterInMemory => Text();

    public string Name => Text();

    public string AddressOrOff => Text();

    public string List => Text();

    public string ListMap => Text();

    public string NothingToListenOn => Text();

    public string KeyWithoutCertificate => Text();

    /// <summary>Several lines.</summary>
    public string TemplateOpening => Text();

    public string TemplateRange(string range) => Text([range]);

    public string TakesEffectAtOnce => Text();

    public string TakesEffectAtStart => Text();

    public string WholeNumber(int min, int max) => Text([min, max]);

    public string OneOf(string choices) => Text([choices]);

    public string NotAllowed(string key, string source, string value, string allowed) => Text([key, source, value, allowed]);

    public string UnknownKey(string key, string source, string nearest) => Text([key, source, nearest]);

    public string NoSuchRole(string key, string roles) => Text([key, roles]);

    public string NotAHost(string key, string text) => Text([key, text]);

    public string NotARename(string key, string text) => Text([key, text]);

    public string NotANetwork(string key, string text) => Text([key, text]);

    public string NotAHash(string key, string text) => Text([key, text]);

    public string FileMissing(string path) => Text([path]);

    public string FileUnreadable(string path, string why) => Text([path, why]);

    public string FileNotJson(string path, string why) => Text([path, why]);

    public string PlaintextBeyondLoopback(string key, object address) => Text([key, address]);

    public string CertificateMissing(string key) => Text([key]);

    public string CertificateUnusable(string path, string why) => Text([path, why]);

    public string CertificateWithoutKey(string path) => Text([path]);

    public string CertificateExpired(string path, string day) => Text([path, day]);

    public string CertificateNotYetValid(string path, string day) => Text([path, day]);
}
