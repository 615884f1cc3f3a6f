<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>关于 VCF Desktop</translation>
    </message>
    <message>
        <source>Attribution:</source>
        <translation>署名：</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy all of this as text</source>
        <translation>将以上全部复制为文本</translation>
    </message>
    <message>
        <source>For research use only, not a medical device.</source>
        <translation>仅供研究使用，非医疗器械。</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>自由软件，采用 Apache 许可证 2.0。</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>程序库</translation>
    </message>
    <message>
        <source>Licence:</source>
        <translation>许可证：</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The models cannot be read: %1</source>
        <translation>无法读取模型：%1</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>没有模型。</translation>
    </message>
    <message>
        <source>This installation does not say which libraries it uses.</source>
        <translation>此安装未说明所用的程序库。</translation>
    </message>
    <message>
        <source>Trained on:</source>
        <translation>训练数据：</translation>
    </message>
    <message>
        <source>Weights, first 12 digits of their sha256:</source>
        <translation>权重（sha256 前 12 位）：</translation>
    </message>
    <message>
        <source>licence not named by the library</source>
        <translation>程序库未注明许可证</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>VCF Desktop is open already, on the computer %1; go on there, or close it first.</source>
        <translation>VCF Desktop 已在计算机 %1 上打开；请在那里继续，或先将其关闭。</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>%1 is being asked…</source>
        <translation>正在查询 %1…</translation>
    </message>
    <message numerus="yes">
        <source>%n still earlier study(ies) not fetched</source>
        <translation>
            <numerusform>更早的 %n 个检查未获取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) found</source>
        <translation>
            <numerusform>找到 %n 个检查</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Archive</source>
        <translation>档案库(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Days</source>
        <translation>日期(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>获取(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Kinds</source>
        <translation>类型(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>查找(&amp;S)</translation>
    </message>
    <message>
        <source>* and ? stand for any letters</source>
        <translation>* 和 ? 代表任意字符</translation>
    </message>
    <message>
        <source>Acc&amp;ession number</source>
        <translation>检查号(&amp;E)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All studies</source>
        <translation>全部检查</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案库</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Cancelled; films that had come whole stay.</source>
        <translation>已取消；已完整获取的片子保留。</translation>
    </message>
    <message>
        <source>Family name, first name</source>
        <translation>姓, 名</translation>
    </message>
    <message>
        <source>Fetch earlier films of the pa&amp;tient, too</source>
        <translation>同时获取该患者以前的片子(&amp;T)</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>从……到……</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>最近一个月</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>最近一年</translation>
    </message>
    <message>
        <source>No archive is set up yet.</source>
        <translation>尚未设置档案库。</translation>
    </message>
    <message>
        <source>No study fits. Look for less, or with * for any letters.</source>
        <translation>没有符合的检查。请减少条件，或用 * 代表任意字符。</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>Patient &amp;id</source>
        <translation>患者编号(&amp;I)</translation>
    </message>
    <message>
        <source>Say whom or what you look for: a patient, an accession number, or days.</source>
        <translation>请说明要查找什么：患者、检查号或日期。</translation>
    </message>
    <message>
        <source>Set &amp;up…</source>
        <translation>设置(&amp;U)…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>X-ray films (CR, DX)</source>
        <translation>X 光片 (CR, DX)</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>%1 answers.</source>
        <translation>%1 有应答。</translation>
    </message>
    <message>
        <source>%1 is being asked…</source>
        <translation>正在查询 %1…</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>主机(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>协议(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;User; empty for a token</source>
        <translation>用户；使用令牌则留空(&amp;U)</translation>
    </message>
    <message>
        <source>AE title of the archive</source>
        <translation>档案库的 AE 标题</translation>
    </message>
    <message>
        <source>AE title of this computer</source>
        <translation>本机的 AE 标题</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>档案库 %1</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>档案库</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>证书机构</translation>
    </message>
    <message>
        <source>Choose a PEM file</source>
        <translation>选择 PEM 文件</translation>
    </message>
    <message>
        <source>DICOM</source>
        <translation>DICOM</translation>
    </message>
    <message>
        <source>DICOMweb</source>
        <translation>DICOMweb</translation>
    </message>
    <message>
        <source>Encrypted (TLS)</source>
        <translation>加密 (TLS)</translation>
    </message>
    <message>
        <source>Every archive needs a name of its own.</source>
        <translation>每个档案库需要各自的名称。</translation>
    </message>
    <message>
        <source>Films are fetched by</source>
        <translation>片子获取方式</translation>
    </message>
    <message>
        <source>Key of it</source>
        <translation>其密钥</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>本机证书</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>Pass&amp;word or token</source>
        <translation>密码或令牌(&amp;W)</translation>
    </message>
    <message>
        <source>Passwords and tokens are kept in the system&apos;s key store only.</source>
        <translation>密码和令牌只保存在系统密钥库中。</translation>
    </message>
    <message>
        <source>Port of this computer</source>
        <translation>本机端口</translation>
    </message>
    <message>
        <source>Signed reports are sent to this archive</source>
        <translation>已签名的报告发送到此档案库</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>不变</translation>
    </message>
</context>
<context>
    <name>Archiving</name>
    <message>
        <source>The report was not sent: %1</source>
        <translation>报告未发送：%1</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>图层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>审阅(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Vertebra</source>
        <translation>椎体(&amp;V)</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>关于 VCF Desktop</translation>
    </message>
    <message>
        <source>Accept all remaining normals</source>
        <translation>接受其余全部正常椎体</translation>
    </message>
    <message>
        <source>Accept the machine&apos;s grade</source>
        <translation>接受 AI 的分级</translation>
    </message>
    <message>
        <source>Add a measurement</source>
        <translation>添加测量</translation>
    </message>
    <message>
        <source>Add a missed vertebra above this one</source>
        <translation>在此椎体上方添加遗漏的椎体</translation>
    </message>
    <message>
        <source>Add a missed vertebra below this one</source>
        <translation>在此椎体下方添加遗漏的椎体</translation>
    </message>
    <message>
        <source>Add a missed vertebra: draw its box</source>
        <translation>添加漏检的椎体：画出其边框</translation>
    </message>
    <message>
        <source>Add a vertebra</source>
        <translation>添加椎体</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部快捷键</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>全部图层</translation>
    </message>
    <message>
        <source>All names one level down</source>
        <translation>所有名称下移一个节段</translation>
    </message>
    <message>
        <source>All names one level up</source>
        <translation>所有名称上移一个节段</translation>
    </message>
    <message>
        <source>Amend the signed review</source>
        <translation>修订已签名的审阅</translation>
    </message>
    <message>
        <source>Amend version %1</source>
        <translation>修订版本 %1</translation>
    </message>
    <message>
        <source>Analyse the film</source>
        <translation>分析影像</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Archives…</source>
        <translation>档案库…</translation>
    </message>
    <message>
        <source>Audit trail…</source>
        <translation>审计记录…</translation>
    </message>
    <message>
        <source>Beside a prior film</source>
        <translation>与既往影像并排</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>边框</translation>
    </message>
    <message>
        <source>Cancel the analysis</source>
        <translation>取消分析</translation>
    </message>
    <message>
        <source>Cause: Scheuermann</source>
        <translation>原因：Scheuermann 病</translation>
    </message>
    <message>
        <source>Cause: Schmorl node</source>
        <translation>原因：Schmorl 结节</translation>
    </message>
    <message>
        <source>Cause: degenerative</source>
        <translation>原因：退行性</translation>
    </message>
    <message>
        <source>Cause: hardware</source>
        <translation>原因：植入物</translation>
    </message>
    <message>
        <source>Cause: none named</source>
        <translation>原因：未注明</translation>
    </message>
    <message>
        <source>Cause: other</source>
        <translation>原因：其他</translation>
    </message>
    <message>
        <source>Cause: pathological</source>
        <translation>原因：病理性</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>Cobb 角</translation>
    </message>
    <message>
        <source>Enhanced contrast (CLAHE)</source>
        <translation>增强对比度（CLAHE）</translation>
    </message>
    <message>
        <source>Fainter</source>
        <translation>减淡</translation>
    </message>
    <message>
        <source>Fil&amp;m</source>
        <translation>影像(&amp;I)</translation>
    </message>
    <message>
        <source>Film on the other monitor</source>
        <translation>在另一显示器上显示影像</translation>
    </message>
    <message>
        <source>Fit the film</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Grade 0.5: equivocal</source>
        <translation>0.5 级：可疑</translation>
    </message>
    <message>
        <source>Grade 0: no fracture</source>
        <translation>0 级：无骨折</translation>
    </message>
    <message>
        <source>Grade 1: mild</source>
        <translation>1 级：轻度</translation>
    </message>
    <message>
        <source>Grade 2: moderate</source>
        <translation>2 级：中度</translation>
    </message>
    <message>
        <source>Grade 3: severe</source>
        <translation>3 级：重度</translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>分级</translation>
    </message>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>灰阶测试图</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>预期用途与局限</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>节段</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Mark a fracture</source>
        <translation>标记骨折</translation>
    </message>
    <message>
        <source>Mark the rest as not evaluable</source>
        <translation>将其余标为无法评估</translation>
    </message>
    <message>
        <source>Mea&amp;sure</source>
        <translation>测量(&amp;M)</translation>
    </message>
    <message>
        <source>Mirror left to right</source>
        <translation>左右镜像</translation>
    </message>
    <message>
        <source>Move a point</source>
        <translation>移动点</translation>
    </message>
    <message>
        <source>Move the outline</source>
        <translation>移动轮廓</translation>
    </message>
    <message>
        <source>Name of the level…</source>
        <translation>节段名称…</translation>
    </message>
    <message>
        <source>Next film</source>
        <translation>下一张影像</translation>
    </message>
    <message>
        <source>Next undecided vertebra</source>
        <translation>下一个未判定椎体</translation>
    </message>
    <message>
        <source>Next vertebra</source>
        <translation>下一个椎体</translation>
    </message>
    <message>
        <source>Next window preset</source>
        <translation>下一个预设窗</translation>
    </message>
    <message>
        <source>Not evaluable</source>
        <translation>无法评估</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <source>One film pixel per screen pixel</source>
        <translation>影像像素与屏幕像素 1:1</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open films…</source>
        <translation>打开影像…</translation>
    </message>
    <message>
        <source>Outbox…</source>
        <translation>发件箱…</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Previous film</source>
        <translation>上一张影像</translation>
    </message>
    <message>
        <source>Previous undecided vertebra</source>
        <translation>上一个未判定椎体</translation>
    </message>
    <message>
        <source>Previous vertebra</source>
        <translation>上一个椎体</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Read the refused film again</source>
        <translation>重新读取被拒的影像</translation>
    </message>
    <message>
        <source>Record my first reading, then show the results</source>
        <translation>记录我的初读，然后显示结果</translation>
    </message>
    <message>
        <source>Record the first reading</source>
        <translation>记录初读</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redone: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message>
        <source>Reject: this is no vertebra</source>
        <translation>排除：这不是椎体</translation>
    </message>
    <message>
        <source>Remove the last measurement</source>
        <translation>删除最后一次测量</translation>
    </message>
    <message>
        <source>Report: further findings</source>
        <translation>报告：其他所见</translation>
    </message>
    <message>
        <source>Report: indication</source>
        <translation>报告：检查目的</translation>
    </message>
    <message>
        <source>Report: prior film</source>
        <translation>报告：既往影像</translation>
    </message>
    <message>
        <source>Report: recommendation</source>
        <translation>报告：建议</translation>
    </message>
    <message>
        <source>Report: technical quality</source>
        <translation>报告：图像质量</translation>
    </message>
    <message>
        <source>Report: what limits the quality</source>
        <translation>报告：质量受限原因</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Search an archive…</source>
        <translation>查询档案库…</translation>
    </message>
    <message>
        <source>Select and move</source>
        <translation>选择与移动</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>签名版本 %1</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>签名…</translation>
    </message>
    <message>
        <source>Six points</source>
        <translation>六点</translation>
    </message>
    <message>
        <source>Smooth enlarged pixels</source>
        <translation>平滑放大的像素</translation>
    </message>
    <message>
        <source>Stronger</source>
        <translation>加深</translation>
    </message>
    <message>
        <source>Take the decision back</source>
        <translation>撤回判定</translation>
    </message>
    <message>
        <source>Take the film off the list</source>
        <translation>从列表中移除影像</translation>
    </message>
    <message>
        <source>The film&apos;s own window</source>
        <translation>影像自带的窗</translation>
    </message>
    <message>
        <source>This is L6, those above follow</source>
        <translation>此为 L6，以上依次类推</translation>
    </message>
    <message>
        <source>This is T13, those above follow</source>
        <translation>此为 T13，以上依次类推</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Type: as measured</source>
        <translation>类型：按测量</translation>
    </message>
    <message>
        <source>Type: biconcave</source>
        <translation>类型：双凹</translation>
    </message>
    <message>
        <source>Type: crush</source>
        <translation>类型：压缩</translation>
    </message>
    <message>
        <source>Type: wedge</source>
        <translation>类型：楔形</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Zoom both films together</source>
        <translation>同步缩放两张影像</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>%1 (another patient)</source>
        <translation>%1（其他患者）</translation>
    </message>
    <message>
        <source>Beside which film?</source>
        <translation>与哪张影像并排？</translation>
    </message>
    <message>
        <source>Films of this patient come first.</source>
        <translation>该患者的影像排在最前。</translation>
    </message>
    <message>
        <source>For comparison</source>
        <translation>供对比</translation>
    </message>
    <message>
        <source>For comparison; patient not confirmed</source>
        <translation>供对比；患者未确认</translation>
    </message>
    <message>
        <source>There is no other film on the list to compare with.</source>
        <translation>列表中没有其他可供对比的影像。</translation>
    </message>
    <message>
        <source>These films are not shown side by side: %1 and %2 are not the same patient.</source>
        <translation>这些影像不并排显示：%1 与 %2 不是同一患者。</translation>
    </message>
</context>
<context>
    <name>Defect</name>
    <message>
        <source>Something went wrong that the program did not foresee. Each change is saved when it is made; please report the details below.</source>
        <translation>发生了程序未预料到的错误。每次更改都会立即保存；请报告以下详细信息。</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Add vertebra</source>
        <translation>添加椎体</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Undecided ▶</source>
        <translation>未判定 ▶</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>◀ Undecided</source>
        <translation>◀ 未判定</translation>
    </message>
</context>
<context>
    <name>FilmLegend</name>
    <message>
        <source>CLAHE: enhanced view, not the original</source>
        <translation>CLAHE：增强视图，非原始影像</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>已反相</translation>
    </message>
    <message>
        <source>Levels assumed</source>
        <translation>节段为推测</translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation>缩放 %1%</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>mm: %1</source>
        <translation>mm：%1</translation>
    </message>
    <message>
        <source>turned %1°</source>
        <translation>旋转 %1°</translation>
    </message>
</context>
<context>
    <name>FilmList</name>
    <message>
        <source>%1, frame %2</source>
        <translation>%1，第 %2 帧</translation>
    </message>
    <message>
        <source>Acc. %1</source>
        <translation>检查号 %1</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>分析中</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>影像</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>审阅中</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新</translation>
    </message>
    <message>
        <source>No patient data</source>
        <translation>无患者信息</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签名</translation>
    </message>
    <message>
        <source>Study without a date</source>
        <translation>无日期的检查</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待审阅</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>无姓名</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>出生 %1</translation>
    </message>
</context>
<context>
    <name>FilmWindow</name>
    <message>
        <source>VCF Desktop: films</source>
        <translation>VCF Desktop：影像</translation>
    </message>
</context>
<context>
    <name>FindingsItem</name>
    <message>
        <source>AI %1</source>
        <translation>AI %1</translation>
    </message>
</context>
<context>
    <name>FindingsTable</name>
    <message>
        <source>Anterior height</source>
        <translation>前缘高度</translation>
    </message>
    <message>
        <source>Biconcave: middle by posterior height</source>
        <translation>双凹：中部高度／后缘高度</translation>
    </message>
    <message>
        <source>Crush: posterior height by what the neighbours make one expect</source>
        <translation>压缩：后缘高度／由邻近椎体推算的预期高度</translation>
    </message>
    <message>
        <source>Grade by the measured loss of height</source>
        <translation>按测得的高度丢失分级</translation>
    </message>
    <message>
        <source>Largest loss of height against the norm of the level</source>
        <translation>相对该节段正常值的最大高度丢失</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>节段</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>AI</translation>
    </message>
    <message>
        <source>Meas.</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Middle height</source>
        <translation>中部高度</translation>
    </message>
    <message>
        <source>Name of the vertebra</source>
        <translation>椎体名称</translation>
    </message>
    <message>
        <source>Network by grade: %1</source>
        <translation>网络对各级的概率：%1</translation>
    </message>
    <message>
        <source>Norm of %1: Ha/Hp %2, Hm/Hp %3</source>
        <translation>%1 的正常值：Ha/Hp %2，Hm/Hp %3</translation>
    </message>
    <message>
        <source>Posterior height</source>
        <translation>后缘高度</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <source>The network&apos;s grade and its probability; ? where it is in doubt</source>
        <translation>网络的分级及其概率；存疑处标 ?</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Type by measurement; ✓ where you gave it</source>
        <translation>按测量得出的类型；由您指定处标 ✓</translation>
    </message>
    <message>
        <source>Warnings about this vertebra</source>
        <translation>关于该椎体的警告</translation>
    </message>
    <message>
        <source>Wedge: anterior by posterior height</source>
        <translation>楔形：前缘高度／后缘高度</translation>
    </message>
    <message>
        <source>Your decision, cause and note</source>
        <translation>您的判定、原因和备注</translation>
    </message>
</context>
<context>
    <name>GreyPattern</name>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>灰阶测试图</translation>
    </message>
    <message>
        <source>Look for: the inner square in black and in white; the corners of all 18 squares, of which black and white have two; an even ramp without bands or tints; sharp lines; the white border on all four sides. What is missing, the display hides in films too: have it calibrated. VCF Desktop neither measures nor calibrates the display. Esc or a click closes.</source>
        <translation>请确认可见：黑色和白色中的内方块；全部 18 个方块的角（黑、白方块各两个）；无条带、无偏色的均匀渐变；清晰的线条；四边的白色边框。看不到的内容，显示器在影像中同样无法显示：请校准显示器。VCF Desktop 既不测量也不校准显示器。按 Esc 或单击关闭。</translation>
    </message>
</context>
<context>
    <name>IntendedUseDialog</name>
    <message>
        <source>&amp;I have read this, and use VCF Desktop for research only.</source>
        <translation>我已阅读以上内容，且仅将 VCF Desktop 用于研究(&amp;I)。</translation>
    </message>
    <message>
        <source>A grade says how much height is lost, not why.</source>
        <translation>分级只说明高度丢失多少，不说明原因。</translation>
    </message>
    <message>
        <source>A projection film shows everything larger than it is. Millimetres are given only where the file carries a spacing, with where it comes from. Ratios need none.</source>
        <translation>投影 X 线片上的一切都比实际大。仅当文件带有像素间距时才给出毫米值，并注明其来源。比值不需要像素间距。</translation>
    </message>
    <message>
        <source>Adults only.</source>
        <translation>仅限成人。</translation>
    </message>
    <message>
        <source>Enhanced contrast is marked as such, and the film as it was taken is one key away.</source>
        <translation>增强对比度会明确标示，按一个键即可回到原始影像。</translation>
    </message>
    <message>
        <source>Enhancement never replaces the film.</source>
        <translation>增强绝不取代原始影像。</translation>
    </message>
    <message>
        <source>Every vertebra needs a decision of the reader before a review can be signed.</source>
        <translation>每个椎体都须由阅片者判定后，审阅方可签名。</translation>
    </message>
    <message>
        <source>For research only.</source>
        <translation>仅供研究。</translation>
    </message>
    <message>
        <source>Growth plates and the wedged bodies of children look like fractures and are not.</source>
        <translation>儿童的生长板和楔形椎体看似骨折，其实不是。</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>预期用途与局限</translation>
    </message>
    <message>
        <source>It is not a medical device, no authority has cleared it, and no diagnosis or treatment may rest on it. A physician reads the film.</source>
        <translation>本软件不是医疗器械，未经任何监管机构批准，不得作为诊断或治疗的依据。影像由医师判读。</translation>
    </message>
    <message>
        <source>Lateral films of the thoracolumbar spine, T1 to L5.</source>
        <translation>胸腰椎侧位片，T1 至 L5。</translation>
    </message>
    <message>
        <source>Millimetres are magnified.</source>
        <translation>毫米值含放大。</translation>
    </message>
    <message>
        <source>Old and new fractures, Scheuermann&apos;s disease and tumours may look the same. Where levels cannot be counted from the sacrum, their names are a guess and marked as one.</source>
        <translation>陈旧与新鲜骨折、Scheuermann 病和肿瘤看上去可能相同。无法从骶骨开始计数时，节段名称为推定，并如此标示。</translation>
    </message>
    <message>
        <source>Other views and regions, metal and cement, and low resolution are out of scope; the program warns where it notices.</source>
        <translation>其他投照体位和部位、金属和骨水泥以及低分辨率均不在适用范围内；程序发现时会发出警告。</translation>
    </message>
    <message>
        <source>The display is not verified.</source>
        <translation>显示器未经验证。</translation>
    </message>
    <message>
        <source>The machine&apos;s opinion is never accepted by itself.</source>
        <translation>AI 的意见绝不会自动被接受。</translation>
    </message>
    <message>
        <source>The program neither measures nor calibrates it. Look at the grey-scale test pattern in the menu Film before you read.</source>
        <translation>程序既不测量也不校准显示器。阅片前请查看“影像”菜单中的灰阶测试图。</translation>
    </message>
    <message>
        <source>They were made from the bones of two people. Test the networks on films of your own hospital before you rely on a number. Mild fractures are told apart badly.</source>
        <translation>这些影像由两个人的骨骼生成。在依赖任何数值之前，请先用本院影像测试网络。对轻度骨折的区分能力较差。</translation>
    </message>
    <message>
        <source>Trained on simulated films.</source>
        <translation>以模拟影像训练。</translation>
    </message>
    <message>
        <source>VCF Desktop finds and outlines the vertebrae of a lateral film of the spine, names their levels, measures their heights and grades them for compression fracture after Genant. It is meant for radiologists, spine surgeons and researchers, who review every result.</source>
        <translation>VCF Desktop 在脊柱侧位片上查找并勾画椎体，命名其节段，测量其高度，并按 Genant 法对压缩性骨折分级。供放射科医师、脊柱外科医师和研究人员使用，由其审阅每一项结果。</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>%1 is the key of more than one command: %2. Give all but one of them another key.</source>
        <translation>%1 是多个命令的快捷键：%2。请只保留其中一个，为其余命令另设快捷键。</translation>
    </message>
    <message>
        <source>&amp;All defaults</source>
        <translation>全部默认(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>更改(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>默认(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>清除(&amp;N)</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其快捷键</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>查找命令或快捷键</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Key of “%1”</source>
        <translation>“%1”的快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Press the new key in its field. Tab leaves the field and changes nothing.</source>
        <translation>请在其输入框中按下新的按键。按 Tab 离开输入框，不作更改。</translation>
    </message>
    <message>
        <source>also: %1</source>
        <translation>亦用于：%1</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>默认：%1</translation>
    </message>
    <message>
        <source>default: none</source>
        <translation>默认：无</translation>
    </message>
</context>
<context>
    <name>LevelDialog</name>
    <message>
        <source>Grades stay as they are; the measured ones follow the norm of the level.</source>
        <translation>分级保持不变；测量分级按该节段的正常值更新。</translation>
    </message>
    <message>
        <source>Name of %1</source>
        <translation>%1 的名称</translation>
    </message>
    <message>
        <source>The vertebrae above follow, counted up from here</source>
        <translation>以上椎体依次类推，由此向上计数</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>A new analysis takes the place of this one, and what you said about it is lost.</source>
        <translation>新的分析将取代当前分析，您对其所作的判断将丢失。</translation>
    </message>
    <message>
        <source>Fracture, grade %1</source>
        <translation>骨折，%1 级</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Several frames</source>
        <translation>多帧影像</translation>
    </message>
    <message numerus="yes">
        <source>The film has %n frame(s). Which one?</source>
        <translation>
            <numerusform>该影像有 %n 帧。选择哪一帧？</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Your last changes could not be saved: %1</source>
        <translation>您最近的更改未能保存：%1</translation>
    </message>
</context>
<context>
    <name>Measures</name>
    <message>
        <source>%1 mm (%2)</source>
        <translation>%1 mm（%2）</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>Cobb %1°</source>
        <translation>Cobb %1°</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>Note on %1</source>
        <translation>%1 的备注</translation>
    </message>
    <message>
        <source>Your words; they go into the report.</source>
        <translation>您的文字；将写入报告。</translation>
    </message>
</context>
<context>
    <name>OpenFilms</name>
    <message>
        <source>Not analysed: %1 The film can be reviewed by hand.</source>
        <translation>未分析：%1 可手动审阅该影像。</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; open it again.</source>
        <translation>文件在打开后已更改；请重新打开。</translation>
    </message>
    <message>
        <source>The file has changed since it was reviewed; that review is kept and not shown.</source>
        <translation>文件在审阅后已更改；该审阅已保留，但不显示。</translation>
    </message>
    <message>
        <source>The film is not opened, as its saved review cannot be: %1</source>
        <translation>未打开该影像，因为无法打开其已保存的审阅：%1</translation>
    </message>
    <message>
        <source>The review was changed meanwhile; the new analysis is not used.</source>
        <translation>审阅内容在此期间已更改；新的分析不予采用。</translation>
    </message>
    <message>
        <source>The saved review of this film cannot be read and is kept aside: %1</source>
        <translation>该影像已保存的审阅无法读取，已另行保留：%1</translation>
    </message>
</context>
<context>
    <name>OutboxDialog</name>
    <message>
        <source>&amp;Give up…</source>
        <translation>放弃(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Send now</source>
        <translation>立即发送(&amp;S)</translation>
    </message>
    <message>
        <source>All results were sent.</source>
        <translation>所有结果均已发送。</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案库</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>发件箱</translation>
    </message>
    <message>
        <source>Results that could not be sent yet. They are sent by themselves.</source>
        <translation>尚未能发送的结果。它们会自动发送。</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>始于</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The outbox is being looked at…</source>
        <translation>正在查看发件箱…</translation>
    </message>
    <message>
        <source>These results will not be sent to the archive. The signed review itself stays.</source>
        <translation>这些结果将不会发送到档案库。已签名的阅片本身保留。</translation>
    </message>
    <message>
        <source>next try at %1; %2</source>
        <translation>下次尝试 %1；%2</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>被拒绝：%1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
</context>
<context>
    <name>OutboxSender</name>
    <message>
        <source>The report could not be put into the outbox: %1</source>
        <translation>报告无法放入发件箱：%1</translation>
    </message>
    <message>
        <source>The report has arrived at %1</source>
        <translation>报告已送达 %1</translation>
    </message>
    <message>
        <source>The report is on its way to %1</source>
        <translation>报告正在发往 %1</translation>
    </message>
    <message>
        <source>This version of the report was sent before, or waits to be sent.</source>
        <translation>此版本的报告已发送，或正等待发送。</translation>
    </message>
</context>
<context>
    <name>RemarksLabel</name>
    <message numerus="yes">
        <source>%n undecided</source>
        <translation>
            <numerusform>%n 个未判定</numerusform>
        </translation>
    </message>
    <message>
        <source>All decided; ready to be signed.</source>
        <translation>已全部判定；可以签名。</translation>
    </message>
    <message>
        <source>Amending version %1: %2</source>
        <translation>修订版本 %1：%2</translation>
    </message>
    <message>
        <source>No vertebra was found or added.</source>
        <translation>未找到也未添加椎体。</translation>
    </message>
    <message>
        <source>Not analysed.</source>
        <translation>未分析。</translation>
    </message>
    <message numerus="yes">
        <source>Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. %n marked so far. %1 records your reading and shows the machine&apos;s results.</source>
        <translation>
            <numerusform>请先自行阅片：指向您看到的每处骨折，按 1、2、3 或 5 给出其分级。目前已标记 %n 处。%1 记录您的初读并显示 AI 结果。</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed, version %1, by %2 on %3.</source>
        <translation>版本 %1，由 %2 于 %3 签名。</translation>
    </message>
    <message>
        <source>The film is being analysed.</source>
        <translation>正在分析影像。</translation>
    </message>
    <message>
        <source>The patient was %1 years old; adults only can be graded.</source>
        <translation>患者当时 %1 岁；仅可对成人进行分级。</translation>
    </message>
    <message>
        <source>⚠ More than one vertebra is called %1.</source>
        <translation>⚠ 不止一个椎体名为 %1。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Language of the report</source>
        <translation>报告语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>纸张(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Sign…</source>
        <translation>签名(&amp;S)…</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>与窗口相同</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>DICOM: marks (GSPS)</source>
        <translation>DICOM：标注 (GSPS)</translation>
    </message>
    <message>
        <source>DICOM: outlines (SEG)</source>
        <translation>DICOM：轮廓 (SEG)</translation>
    </message>
    <message>
        <source>DICOM: picture (SC)</source>
        <translation>DICOM：图片 (SC)</translation>
    </message>
    <message>
        <source>DICOM: report (SR)</source>
        <translation>DICOM：报告 (SR)</translation>
    </message>
    <message>
        <source>DICOM: the PDF</source>
        <translation>DICOM：该 PDF</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>S&amp;ave the files…</source>
        <translation>保存文件(&amp;A)…</translation>
    </message>
    <message>
        <source>Sen&amp;d to the archive</source>
        <translation>发送到归档(&amp;D)</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; close the report and open the film again.</source>
        <translation>文件在打开后已更改；请关闭报告并重新打开影像。</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>正在生成报告…</translation>
    </message>
    <message numerus="yes">
        <source>Unverified draft: %n vertebra(e) undecided; decide, then sign.</source>
        <translation>
            <numerusform>未经审核的草稿：尚有 %n 个椎体未判定；请先判定再签名。</numerusform>
        </translation>
    </message>
    <message>
        <source>Unverified draft: the review is not signed yet.</source>
        <translation>未经审核的草稿：审阅尚未签名。</translation>
    </message>
    <message>
        <source>Version %1, signed by %2 on %3; a change needs a next version.</source>
        <translation>版本 %1，由 %2 于 %3 签名；更改需建立新版本。</translation>
    </message>
</context>
<context>
    <name>ReportPreview</name>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Page width</source>
        <translation>页宽</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>报告页面</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>整页</translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message numerus="yes">
        <source>%n file(s) saved in %1</source>
        <translation>
            <numerusform>已将 %n 个文件保存到 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the report in this folder</source>
        <translation>将报告保存到此文件夹</translation>
    </message>
    <message>
        <source>The report was not saved: %1</source>
        <translation>报告未保存：%1</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>%1 opens the report.</source>
        <translation>按 %1 打开报告。</translation>
    </message>
    <message>
        <source>A name would leave the range C7 to S1; nothing was changed.</source>
        <translation>有名称将超出 C7 至 S1 的范围；未作更改。</translation>
    </message>
    <message>
        <source>No outline was found in the box; drag the six points to their places.</source>
        <translation>框内未找到轮廓；请将六个点拖到相应位置。</translation>
    </message>
    <message>
        <source>Not signed: %1</source>
        <translation>未签名：%1</translation>
    </message>
    <message>
        <source>Point at the fracture on the film, then press the key of its grade.</source>
        <translation>请在影像上指向骨折处，再按其分级对应的键。</translation>
    </message>
    <message>
        <source>Signed as version %1 by %2.</source>
        <translation>版本 %1 已由 %2 签名。</translation>
    </message>
    <message>
        <source>The networks look at the vertebra you drew…</source>
        <translation>网络正在分析您画出的椎体…</translation>
    </message>
    <message>
        <source>The review has changed meanwhile; look at it again before you sign.</source>
        <translation>审阅内容在此期间已更改；签名前请再次查看。</translation>
    </message>
    <message>
        <source>There is no room for another vertebra there.</source>
        <translation>该处没有空间容纳另一个椎体。</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1 answers that nobody listens; check host and port, or try again later</source>
        <translation>%1 回答说无人监听；请检查主机和端口，或稍后再试</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2; check the network</source>
        <translation>无法连接 %1：%2；请检查网络</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2); reinstall the model</source>
        <translation>%1 无法读取（%2）；请重新安装模型</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM as we do; check the port</source>
        <translation>%1 的 DICOM 与本程序不符；请检查端口</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM; check the port, and TLS</source>
        <translation>%1 不使用 DICOM；请检查端口和 TLS</translation>
    </message>
    <message>
        <source>%1 does not speak TLS as we do; check the port and whether it uses TLS</source>
        <translation>%1 的 TLS 与本程序不符；请检查端口以及它是否使用 TLS</translation>
    </message>
    <message>
        <source>%1 dropped the line; try again later, or check the use of TLS and its certificates</source>
        <translation>%1 断开了连接；请稍后再试，或检查 TLS 及其证书</translation>
    </message>
    <message>
        <source>%1 holds more than one (%2); leave one of them</source>
        <translation>%1 中不止一个（%2）；请只保留一个</translation>
    </message>
    <message>
        <source>%1 is no computer known here; check its name and the network</source>
        <translation>%1 不是已知的计算机；请检查其名称和网络</translation>
    </message>
    <message>
        <source>%1 is not a folder; choose the folder of models again in the settings.</source>
        <translation>%1 不是文件夹；请在设置中重新选择模型文件夹。</translation>
    </message>
    <message>
        <source>%1 is not a valid manifest: %2; reinstall the model</source>
        <translation>%1 不是有效的清单：%2；请重新安装模型</translation>
    </message>
    <message>
        <source>%1 is not valid JSON; reinstall the model</source>
        <translation>%1 不是有效的 JSON；请重新安装模型</translation>
    </message>
    <message>
        <source>%1 names %2, which is not a folder; correct the variable or unset it.</source>
        <translation>%1 指向 %2，但它不是文件夹；请更正或取消该变量。</translation>
    </message>
    <message>
        <source>%1 refuses our certificate, or that there is none; choose another</source>
        <translation>%1 拒绝本机的证书或不接受没有证书；请另选证书</translation>
    </message>
    <message>
        <source>%1 stalls; check host, port and network, or try again later</source>
        <translation>%1 没有反应；请检查主机、端口和网络，或稍后再试</translation>
    </message>
    <message>
        <source>%1 was changed since it was released; reinstall the model</source>
        <translation>%1 在发布后被更改；请重新安装模型</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2</source>
        <translation>%1：无法读取：%2</translation>
    </message>
    <message>
        <source>%1: name must be a text and lines a list of texts.</source>
        <translation>%1：name 必须是文本，lines 必须是文本列表。</translation>
    </message>
    <message>
        <source>%1: the logo is larger than %2 kB; shrink it.</source>
        <translation>%1：标志大于 %2 kB；请缩小。</translation>
    </message>
    <message>
        <source>%1: there is no text %2; correct its name or take it out.</source>
        <translation>%1：没有文本 %2；请更正其名称或将其删除。</translation>
    </message>
    <message>
        <source>A vertebra near column %1, row %2 was detected but could not be outlined; it is left out.</source>
        <translation>在第 %1 列、第 %2 行附近检出一个椎体，但无法勾画轮廓；已略去。</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: it is of the kind %1, which is no film of today&apos;s standard.</source>
        <translation>DICOM 对象无法引用此影像：其类型为 %1，现行标准中不属于影像。</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: its %1 is missing or invalid.</source>
        <translation>DICOM 对象无法引用此影像：%1 缺失或无效。</translation>
    </message>
    <message>
        <source>Fewer than three vertebrae were found; is it a frontal view or another part of the body?</source>
        <translation>找到的椎体少于三个；是否为正位片或其他部位？</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>Frame %1 of %2, counted from 0, was analysed.</source>
        <translation>已分析第 %1 帧（共 %2 帧，从 0 起计）。</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入／输出错误</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>It is uncertain which side is anterior; check the points.</source>
        <translation>无法确定哪一侧为前方；请检查各点。</translation>
    </message>
    <message>
        <source>Metal or cement overlies this vertebra; its heights may be wrong.</source>
        <translation>金属或骨水泥与该椎体重叠；其高度可能有误。</translation>
    </message>
    <message>
        <source>Metal or cement was seen; heights of the vertebrae under it may be wrong.</source>
        <translation>可见金属或骨水泥；被其遮挡的椎体高度可能有误。</translation>
    </message>
    <message>
        <source>No lateral spine was found; is it a frontal view or another part of the body?</source>
        <translation>未找到侧位脊柱；是否为正位片或其他部位？</translation>
    </message>
    <message>
        <source>No segmentation was made, as the report has no vertebra on the film.</source>
        <translation>未生成分割，因为报告中影像上没有椎体。</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有该文件或文件夹</translation>
    </message>
    <message>
        <source>No vertebra was found where %1 is expected; look at it.</source>
        <translation>预期为 %1 的位置未找到椎体；请查看。</translation>
    </message>
    <message>
        <source>ONNX Runtime could not load its CUDA libraries; choose the device cpu</source>
        <translation>ONNX Runtime 无法加载 CUDA 库；请选择设备 CPU</translation>
    </message>
    <message>
        <source>ONNX Runtime stopped (%1)</source>
        <translation>ONNX Runtime 已停止（%1）</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>只读文件系统</translation>
    </message>
    <message>
        <source>Some of the film&apos;s text breaks the rules of DICOM and may be shown wrong: check the patient.</source>
        <translation>影像中部分文字不符合 DICOM 规则，可能显示有误：请核对患者。</translation>
    </message>
    <message>
        <source>The GPU ran out of memory: the %1 runs, slower, on the CPU.</source>
        <translation>GPU 内存不足：%1网络改在 CPU 上运行，速度较慢。</translation>
    </message>
    <message>
        <source>The film brings no window; one was computed from its pixels.</source>
        <translation>影像未带窗设置；已由像素计算得出。</translation>
    </message>
    <message>
        <source>The film contradicts itself about which values are white: check that bone is bright.</source>
        <translation>影像对哪些值为白色自相矛盾：请确认骨骼显示为亮。</translation>
    </message>
    <message>
        <source>The film holds VOI LUTs that cannot be used; they are left out.</source>
        <translation>影像中有无法使用的 VOI LUT；已忽略。</translation>
    </message>
    <message>
        <source>The film is a picture and belongs to no study: a new study was made for it, with the picture as its image.</source>
        <translation>该影像是图片，不属于任何检查：已为其新建检查，并以该图片作为图像。</translation>
    </message>
    <message>
        <source>The film is in colour; its luminance is used.</source>
        <translation>影像为彩色；使用其亮度。</translation>
    </message>
    <message>
        <source>The film is raw detector data (for processing), which is not made for reading.</source>
        <translation>影像为探测器原始数据（for processing），并非供阅片使用。</translation>
    </message>
    <message>
        <source>The film names windows that cannot be used; they are left out.</source>
        <translation>影像中有无法使用的窗设置；已忽略。</translation>
    </message>
    <message>
        <source>The film was read inverted: vertebrae were found only with dark and bright exchanged.</source>
        <translation>影像按反相读取：仅在明暗互换后才找到椎体。</translation>
    </message>
    <message>
        <source>The film&apos;s %1 cannot be used and is left out.</source>
        <translation>影像的 %1 无法使用，已忽略。</translation>
    </message>
    <message>
        <source>The film&apos;s file has changed since the film was read; open it again.</source>
        <translation>影像文件在读取后已更改；请重新打开。</translation>
    </message>
    <message>
        <source>The film&apos;s header says that it is a frontal view; lateral films only can be measured.</source>
        <translation>影像头信息标明为正位片；只能测量侧位片。</translation>
    </message>
    <message>
        <source>The film&apos;s magnification factor is below 1, which is impossible; it is not used.</source>
        <translation>影像的放大系数小于 1，这不可能；未予采用。</translation>
    </message>
    <message>
        <source>The film&apos;s patient or study cannot be copied: %1.</source>
        <translation>无法复制影像的患者或检查信息：%1。</translation>
    </message>
    <message>
        <source>The folder %1 is missing from this installation of VCF Desktop; please install it again.</source>
        <translation>此 VCF Desktop 安装缺少文件夹 %1；请重新安装。</translation>
    </message>
    <message>
        <source>The levels are assumed: they could not be counted from a sacrum.</source>
        <translation>节段为推定：无法从骶骨开始计数。</translation>
    </message>
    <message>
        <source>The network&apos;s grade and the measured grade differ by more than one; look at it again.</source>
        <translation>网络分级与测量分级相差超过一级；请再次查看。</translation>
    </message>
    <message>
        <source>The outline reaches the edge of what was looked at; check it.</source>
        <translation>轮廓已到达所分析区域的边缘；请检查。</translation>
    </message>
    <message>
        <source>The resolution is too low: most vertebrae are too few pixels high to be measured well.</source>
        <translation>分辨率过低：多数椎体的高度像素太少，无法准确测量。</translation>
    </message>
    <message>
        <source>There are no report texts in %1; choose one of %2.</source>
        <translation>没有 %1 的报告文本；请从 %2 中选择。</translation>
    </message>
    <message>
        <source>This level lies outside T4 to L4, for which the grades were defined.</source>
        <translation>该节段不在 T4 至 L4 范围内，而分级是针对此范围定义的。</translation>
    </message>
    <message>
        <source>This report is about another film than the one that is there now.</source>
        <translation>此报告所针对的影像与现有影像不同。</translation>
    </message>
    <message>
        <source>This review is about another film than the one that is there now.</source>
        <translation>此审阅所针对的影像与现有影像不同。</translation>
    </message>
    <message>
        <source>This vertebra is too few pixels high to be measured well.</source>
        <translation>该椎体的高度像素太少，无法准确测量。</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each and sign before you report.</source>
        <translation>尚有椎体未作决定；请在出具报告前对每个椎体作出决定并签名。</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each before you sign.</source>
        <translation>尚有椎体未作决定；请在签名前对每个椎体作出决定。</translation>
    </message>
    <message>
        <source>a CT image</source>
        <translation>CT 图像</translation>
    </message>
    <message>
        <source>a PET image</source>
        <translation>PET 图像</translation>
    </message>
    <message>
        <source>a mammogram</source>
        <translation>乳腺 X 线摄影</translation>
    </message>
    <message>
        <source>a nuclear medicine image</source>
        <translation>核医学图像</translation>
    </message>
    <message>
        <source>a radiotherapy dose</source>
        <translation>放疗剂量</translation>
    </message>
    <message>
        <source>a segmentation</source>
        <translation>分割结果</translation>
    </message>
    <message>
        <source>an MR image</source>
        <translation>MR 图像</translation>
    </message>
    <message>
        <source>an image of modality %1</source>
        <translation>模态 %1 的图像</translation>
    </message>
    <message>
        <source>an ultrasound image</source>
        <translation>超声图像</translation>
    </message>
    <message>
        <source>another program is sending it; wait until it is done</source>
        <translation>另一个程序正在发送；请等待完成</translation>
    </message>
    <message>
        <source>answers what is no DICOM; have its administrator look</source>
        <translation>其回答不是 DICOM；请其管理员查看</translation>
    </message>
    <message>
        <source>answers what is no DICOMweb; check its address</source>
        <translation>其回答不是 DICOMweb；请检查地址</translation>
    </message>
    <message>
        <source>archive %1: %2</source>
        <translation>档案库 %1：%2</translation>
    </message>
    <message>
        <source>broke off before it listened; check the AE titles</source>
        <translation>在应答前中断；请检查 AE 标题</translation>
    </message>
    <message>
        <source>broke off while we talked; try again later</source>
        <translation>通信中断；请稍后再试</translation>
    </message>
    <message>
        <source>cannot be asked for this text; correct it</source>
        <translation>无法查询此文字；请更正</translation>
    </message>
    <message>
        <source>cannot be read as DICOM: %1</source>
        <translation>无法作为 DICOM 读取：%1</translation>
    </message>
    <message>
        <source>cannot be read as a picture: %1</source>
        <translation>无法作为图像读取：%1</translation>
    </message>
    <message>
        <source>cannot be read now: %1; try again</source>
        <translation>目前无法读取：%1；请重试</translation>
    </message>
    <message>
        <source>cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>cannot be unpacked into %1: %2</source>
        <translation>无法解压到 %1：%2</translation>
    </message>
    <message>
        <source>cannot be written: %1</source>
        <translation>无法写入：%1</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>contains no picture: every pixel has the same value</source>
        <translation>不含图像：所有像素值相同</translation>
    </message>
    <message>
        <source>contains no picture: every pixel is padding</source>
        <translation>不含图像：所有像素均为填充值</translation>
    </message>
    <message>
        <source>contains pixels that are not numbers</source>
        <translation>含有非数值的像素</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 a side</source>
        <translation>声明为 %1 x %2 像素，超过每边 %3 的上限</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 megapixels</source>
        <translation>声明为 %1 x %2 像素，超过 %3 百万像素的上限</translation>
    </message>
    <message>
        <source>declares more pixels than the limit of %1 megapixels</source>
        <translation>声明的像素超过 %1 百万像素的上限</translation>
    </message>
    <message>
        <source>detector</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>did not answer for the objects within %1 s; try again later</source>
        <translation>%1 秒内没有确认保存对象；请稍后再试</translation>
    </message>
    <message>
        <source>did not send a film that it has; have its administrator look into its log</source>
        <translation>没有发送它拥有的片子；请其管理员查看日志</translation>
    </message>
    <message>
        <source>does not accept our user and password or token; correct them</source>
        <translation>不接受本机的用户和密码或令牌；请更正</translation>
    </message>
    <message>
        <source>does not allow us to do this; have its administrator allow it</source>
        <translation>不允许此操作；请其管理员允许</translation>
    </message>
    <message>
        <source>does not answer for what it was sent; have its administrator look, then try again</source>
        <translation>没有确认保存所发内容；请其管理员查看后再试</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>does not know us as %1; have its administrator enter this AE title</source>
        <translation>不认识 %1；请其管理员登记此 AE 标题</translation>
    </message>
    <message>
        <source>does not know where to send to; have its administrator enter %1, this computer and port %2</source>
        <translation>不知道发往何处；请其管理员登记 %1、本机和端口 %2</translation>
    </message>
    <message>
        <source>does not offer C-GET; choose C-MOVE in its settings</source>
        <translation>不提供 C-GET；请在其设置中选择 C-MOVE</translation>
    </message>
    <message>
        <source>does not offer this service to us; have its administrator allow it</source>
        <translation>不向本机提供此服务；请其管理员允许</translation>
    </message>
    <message>
        <source>does not say how many rows and columns it has</source>
        <translation>未说明行数和列数</translation>
    </message>
    <message>
        <source>does not take files of this kind; have its administrator allow them</source>
        <translation>不接受此类文件；请其管理员允许</translation>
    </message>
    <message>
        <source>does not take files of this size; have its administrator allow them</source>
        <translation>不接受此大小的文件；请其管理员允许</translation>
    </message>
    <message>
        <source>does not take objects of the kind %1; have its administrator allow them</source>
        <translation>不接受 %1 类对象；请其管理员允许</translation>
    </message>
    <message>
        <source>does not take objects of this kind; have its administrator allow them</source>
        <translation>不接受此类对象；请其管理员允许</translation>
    </message>
    <message>
        <source>failed while it worked on this; try again later</source>
        <translation>处理时出错；请稍后再试</translation>
    </message>
    <message>
        <source>failed with the status %1; try again later</source>
        <translation>出错，状态 %1；请稍后再试</translation>
    </message>
    <message>
        <source>finds more than %1 studies; ask for fewer</source>
        <translation>找到超过 %1 个检查；请缩小范围</translation>
    </message>
    <message>
        <source>has %1 frames; choose one with --frame, counted from 0 (0 to %2)</source>
        <translation>有 %1 帧；请用 --frame 选择一帧，从 0 起计（0 至 %2）</translation>
    </message>
    <message>
        <source>has no DICOMweb at this address; correct it</source>
        <translation>此地址没有 DICOMweb；请更正</translation>
    </message>
    <message>
        <source>has no frame %1; there are frames 0 to %2</source>
        <translation>没有第 %1 帧；只有第 0 至 %2 帧</translation>
    </message>
    <message>
        <source>has no frame %1; there is only frame 0</source>
        <translation>没有第 %1 帧；只有第 0 帧</translation>
    </message>
    <message>
        <source>has no list; send its files by hand, then discard it</source>
        <translation>没有清单；请手动发送其文件，然后丢弃</translation>
    </message>
    <message>
        <source>has no projection films in this study; choose another</source>
        <translation>此检查中没有 X 光片；请另选</translation>
    </message>
    <message>
        <source>holds %1 compressed in an unusual way (method %2); pack it again as an ordinary ZIP</source>
        <translation>含有以特殊方式（方法 %2）压缩的 %1；请重新打包为普通 ZIP</translation>
    </message>
    <message>
        <source>holds %1 in a folder that is a file as well</source>
        <translation>含有 %1，其所在文件夹同时又是文件</translation>
    </message>
    <message>
        <source>holds %1 twice</source>
        <translation>含有两个 %1</translation>
    </message>
    <message>
        <source>holds %1, a name that no file should have</source>
        <translation>含有 %1，这不应是文件名</translation>
    </message>
    <message>
        <source>holds %1, which is a link or a device and no file</source>
        <translation>含有 %1，它是链接或设备而非文件</translation>
    </message>
    <message>
        <source>holds more than the limit of %1 files</source>
        <translation>所含文件超过 %1 个的上限</translation>
    </message>
    <message>
        <source>holds no film: nothing in it is DICOM or a PNG, JPEG or TIFF picture</source>
        <translation>不含影像：其中没有 DICOM，也没有 PNG、JPEG 或 TIFF 图像</translation>
    </message>
    <message>
        <source>holds no picture</source>
        <translation>不含图像</translation>
    </message>
    <message>
        <source>holds no picture: it is of the kind %1</source>
        <translation>不含图像：其类型为 %1</translation>
    </message>
    <message>
        <source>inflates to more than the limit of %1 GiB</source>
        <translation>解压后超过 %1 GiB 的上限</translation>
    </message>
    <message>
        <source>is %1, not a projection film</source>
        <translation>是%1，不是投影 X 线片</translation>
    </message>
    <message>
        <source>is a damaged or incomplete ZIP archive: %1</source>
        <translation>是损坏或不完整的 ZIP 压缩包：%1</translation>
    </message>
    <message>
        <source>is a folder, not a film</source>
        <translation>是文件夹，不是影像</translation>
    </message>
    <message>
        <source>is cut short or damaged: none of its elements can be read</source>
        <translation>不完整或已损坏：其中没有可读取的元素</translation>
    </message>
    <message>
        <source>is damaged: %1</source>
        <translation>已损坏：%1</translation>
    </message>
    <message>
        <source>is damaged: it is not valid JSON</source>
        <translation>已损坏：不是有效的 JSON</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空文件</translation>
    </message>
    <message>
        <source>is encrypted; unpack it with its password and open the folder</source>
        <translation>已加密；请用密码解压后打开其文件夹</translation>
    </message>
    <message>
        <source>is full or out of resources; have its administrator make room, or try again later</source>
        <translation>已满或资源不足；请其管理员腾出空间，或稍后再试</translation>
    </message>
    <message>
        <source>is full; have its administrator make room, or try again later</source>
        <translation>已满；请其管理员腾出空间，或稍后再试</translation>
    </message>
    <message>
        <source>is larger than the limit of %1 GiB</source>
        <translation>超过 %1 GiB 的上限</translation>
    </message>
    <message>
        <source>is neither DICOM nor a PNG, JPEG or TIFF picture</source>
        <translation>既不是 DICOM，也不是 PNG、JPEG 或 TIFF 图像</translation>
    </message>
    <message>
        <source>is no review that this version of the program can read</source>
        <translation>不是本版本程序可读取的审阅</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>不是文件</translation>
    </message>
    <message>
        <source>is not called %1; correct its AE title</source>
        <translation>不叫 %1；请更正其 AE 标题</translation>
    </message>
    <message>
        <source>is not in the outbox</source>
        <translation>不在发件箱中</translation>
    </message>
    <message>
        <source>is not set up any more; set it up under this name again, or give up what waits for it</source>
        <translation>已不再设置；请以此名称重新设置，或放弃等待发送到它的内容</translation>
    </message>
    <message>
        <source>is out of resources; try again later</source>
        <translation>资源不足；请稍后再试</translation>
    </message>
    <message>
        <source>is too busy to listen; try again later</source>
        <translation>太忙，无法应答；请稍后再试</translation>
    </message>
    <message>
        <source>is too busy; try again later</source>
        <translation>太忙；请稍后再试</translation>
    </message>
    <message>
        <source>is too large for the memory of this computer</source>
        <translation>对本机内存而言过大</translation>
    </message>
    <message>
        <source>it was made for crops of %1 px and not of %2; install a fitting model</source>
        <translation>它适用于 %1 px 而非 %2 px 的裁剪图；请安装合适的模型</translation>
    </message>
    <message>
        <source>its 16-bit colours cannot be decoded</source>
        <translation>其 16 位颜色无法解码</translation>
    </message>
    <message>
        <source>its address cannot be used; it is like https://host/dicom-web</source>
        <translation>其地址无法使用；应类似 https://host/dicom-web</translation>
    </message>
    <message>
        <source>its file meta group has no length</source>
        <translation>其文件元信息组没有长度</translation>
    </message>
    <message>
        <source>its files overlap</source>
        <translation>其中文件相互重叠</translation>
    </message>
    <message>
        <source>its list is damaged; send its files by hand, then discard it</source>
        <translation>其清单已损坏；请手动发送其文件，然后丢弃</translation>
    </message>
    <message>
        <source>its modality LUT is damaged, so its pixel values mean nothing</source>
        <translation>其模态 LUT 已损坏，像素值无意义</translation>
    </message>
    <message>
        <source>its password cannot be kept in the key store; unlock it</source>
        <translation>密码无法存入密钥库；请先解锁</translation>
    </message>
    <message>
        <source>its password cannot be read from the key store; unlock it</source>
        <translation>无法从密钥库读取密码；请先解锁</translation>
    </message>
    <message>
        <source>its password is not kept, as this computer has no key store; it will be asked for each time</source>
        <translation>本机没有密钥库，密码不会保存；每次都会询问</translation>
    </message>
    <message>
        <source>its password is not known; enter it where the archives are set up</source>
        <translation>密码未知；请在档案库设置中输入</translation>
    </message>
    <message>
        <source>its pixels (%1) cannot be decoded: %2</source>
        <translation>其像素（%1）无法解码：%2</translation>
    </message>
    <message>
        <source>its rescale slope is 0, so its pixel values mean nothing</source>
        <translation>其重缩放斜率（Rescale Slope）为 0，像素值无意义</translation>
    </message>
    <message>
        <source>its settings cannot be used: an AE title has 1 to 16 characters without accents</source>
        <translation>其设置无法使用：AE 标题为 1 至 16 个不带重音的字符</translation>
    </message>
    <message>
        <source>its weights do not fit this version of the program; reinstall the model</source>
        <translation>其权重与本版本程序不符；请重新安装模型</translation>
    </message>
    <message>
        <source>model %1: %2</source>
        <translation>模型 %1：%2</translation>
    </message>
    <message>
        <source>names a file outside its own folder</source>
        <translation>列出了其所在文件夹之外的文件</translation>
    </message>
    <message>
        <source>names a file that cannot be: %1</source>
        <translation>列出了不可能存在的文件：%1</translation>
    </message>
    <message>
        <source>names no film</source>
        <translation>未列出任何影像</translation>
    </message>
    <message>
        <source>no GPU that %1 can use was found; choose the device cpu</source>
        <translation>未找到 %1 可用的 GPU；请选择设备 CPU</translation>
    </message>
    <message>
        <source>objects can be received through TLS only with a certificate of our own; choose one, or C-GET</source>
        <translation>经 TLS 接收对象需要本机证书；请选择证书，或改用 C-GET</translation>
    </message>
    <message>
        <source>our certificate or its key cannot be used; choose PEM files, the key without a password</source>
        <translation>本机的证书或密钥无法使用；请选择 PEM 文件，密钥不带密码</translation>
    </message>
    <message>
        <source>parcel %1: %2</source>
        <translation>发送包 %1：%2</translation>
    </message>
    <message>
        <source>refuses with the status %1; have its administrator look into its log</source>
        <translation>拒绝，状态 %1；请其管理员查看日志</translation>
    </message>
    <message>
        <source>rejects %1; have its administrator check both AE titles</source>
        <translation>拒绝 %1；请其管理员检查双方的 AE 标题</translation>
    </message>
    <message>
        <source>report texts: %1 must be a table of texts.</source>
        <translation>报告文本：%1 必须是文本表。</translation>
    </message>
    <message>
        <source>report texts: %1.%2 must be a text.</source>
        <translation>报告文本：%1.%2 必须是文本。</translation>
    </message>
    <message>
        <source>says that the request does not fit its kind; have its administrator look into its log</source>
        <translation>称请求与类型不符；请其管理员查看日志</translation>
    </message>
    <message>
        <source>segmenter</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>sends a film beyond the limit of %1 GiB</source>
        <translation>发送的片子超过 %1 GiB 的上限</translation>
    </message>
    <message>
        <source>sends a film that is damaged; nothing was kept</source>
        <translation>发送的片子已损坏；未保留任何内容</translation>
    </message>
    <message>
        <source>sends more than it should, and was not listened to; have its administrator look</source>
        <translation>发送的内容过多，已不予接收；请其管理员查看</translation>
    </message>
    <message>
        <source>sends more than it should; have its administrator look</source>
        <translation>发送的内容过多；请其管理员查看</translation>
    </message>
    <message>
        <source>sends objects that were not asked for; nothing was kept, have its administrator look</source>
        <translation>发送了未请求的对象；未保留任何内容，请其管理员查看</translation>
    </message>
    <message>
        <source>sends us on to %1; enter that address if it is right</source>
        <translation>转向 %1；如果正确，请填写该地址</translation>
    </message>
    <message>
        <source>stalls: %1 took the connection and said nothing; try again later</source>
        <translation>没有反应：%1 接受了连接但没有应答；请稍后再试</translation>
    </message>
    <message>
        <source>stalls: no answer within %1 s; try again later</source>
        <translation>没有反应：%1 秒内没有应答；请稍后再试</translation>
    </message>
    <message>
        <source>stalls; try again later</source>
        <translation>没有反应；请稍后再试</translation>
    </message>
    <message>
        <source>the certificate of %1 has expired; have its administrator renew it</source>
        <translation>%1 的证书已过期；请其管理员更新</translation>
    </message>
    <message>
        <source>the certificate of %1 is for another computer; check the host</source>
        <translation>%1 的证书属于另一台计算机；请检查主机</translation>
    </message>
    <message>
        <source>the certificate of %1 is not trusted; choose the file of the authority that issued it</source>
        <translation>%1 的证书不受信任；请选择签发机构的文件</translation>
    </message>
    <message>
        <source>the certificate of %1 is not valid yet; check the date of this computer</source>
        <translation>%1 的证书尚未生效；请检查本机日期</translation>
    </message>
    <message>
        <source>the file of its certificate authority cannot be used; choose a PEM file of certificates</source>
        <translation>其证书机构的文件无法使用；请选择 PEM 证书文件</translation>
    </message>
    <message>
        <source>there are no weights for the runtime %1; choose another</source>
        <translation>没有适用于运行环境 %1 的权重；请另选一个</translation>
    </message>
    <message>
        <source>there is none in %1; reinstall the models</source>
        <translation>%1 中没有；请重新安装模型</translation>
    </message>
    <message>
        <source>unpacks to more than the limit of %1 GiB</source>
        <translation>解压后超过 %1 GiB 的上限</translation>
    </message>
    <message>
        <source>was made by another version of VCF Desktop; send it with that one, or discard it</source>
        <translation>由另一版本的 VCF Desktop 生成；请用该版本发送，或丢弃</translation>
    </message>
    <message>
        <source>was not sent %1, which breaks the rules of DICOM</source>
        <translation>未发送 %1，它违反 DICOM 规则</translation>
    </message>
    <message>
        <source>was not sent %1, which cannot be read as DICOM</source>
        <translation>未发送 %1，它无法作为 DICOM 读取</translation>
    </message>
    <message>
        <source>was not sent %1, which is no DICOM file</source>
        <translation>未发送 %1，它不是 DICOM 文件</translation>
    </message>
    <message>
        <source>was saved by a newer version of VCF Desktop; install that version</source>
        <translation>由更新版本的 VCF Desktop 保存；请安装该版本</translation>
    </message>
    <message>
        <source>was signed by another program meanwhile; start VCF Desktop again</source>
        <translation>期间已被另一个程序签名；请重新启动 VCF Desktop</translation>
    </message>
    <message>
        <source>we cannot listen at port %1: %2; close what uses it, or choose another port</source>
        <translation>无法监听端口 %1：%2；请关闭占用它的程序，或另选端口</translation>
    </message>
    <message>
        <source>would be sent our password in the clear; use https</source>
        <translation>密码将以明文发送；请使用 https</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source> %</source>
        <translation>%</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>阅片者姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Order of undecided vertebrae</source>
        <translation>未判定椎体的顺序(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Place of the findings</source>
        <translation>所见的位置(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Runtime of the networks</source>
        <translation>网络运行环境(&amp;R)</translation>
    </message>
    <message>
        <source>Analyse each film as soon as it is opened</source>
        <translation>影像打开后立即分析</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>As the computer</source>
        <translation>与计算机一致</translation>
    </message>
    <message>
        <source>Asked for at signing</source>
        <translation>签名时询问</translation>
    </message>
    <message>
        <source>Automatic: an NVIDIA GPU where there is one, else the CPU</source>
        <translation>自动：有 NVIDIA GPU 时使用，否则使用 CPU</translation>
    </message>
    <message>
        <source>Automatic: torch on a GPU, ONNX Runtime on the CPU</source>
        <translation>自动：GPU 上用 torch，CPU 上用 ONNX Runtime</translation>
    </message>
    <message>
        <source>Below the film</source>
        <translation>影像下方</translation>
    </message>
    <message>
        <source>Bottom to top</source>
        <translation>从下到上</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Folder of &amp;models</source>
        <translation>模型文件夹(&amp;M)</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Hide the machine&apos;s results until I have read the film myself</source>
        <translation>在我自行阅片之前隐藏 AI 结果</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>ONNX Runtime</source>
        <translation>ONNX Runtime</translation>
    </message>
    <message>
        <source>Op&amp;acity of what is drawn on the film</source>
        <translation>影像上绘制内容的不透明度(&amp;A)</translation>
    </message>
    <message>
        <source>Opacity of what is drawn on the film</source>
        <translation>影像上绘制内容的不透明度</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>阅片</translation>
    </message>
    <message>
        <source>Runtime, device and models take effect with the next analysis.</source>
        <translation>运行环境、设备和模型自下次分析起生效。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>语言在重新启动程序后更改。</translation>
    </message>
    <message>
        <source>The machine&apos;s highest grade first</source>
        <translation>AI 分级最高者优先</translation>
    </message>
    <message>
        <source>The models shipped with the program</source>
        <translation>程序自带的模型</translation>
    </message>
    <message>
        <source>There is no such folder. Correct its name, or leave it empty for the shipped models.</source>
        <translation>没有此文件夹。请更正名称，或留空以使用自带的模型。</translation>
    </message>
    <message>
        <source>This folder cannot be opened. Give another, or ask who looks after the computer.</source>
        <translation>无法打开此文件夹。请另选一个，或询问计算机管理员。</translation>
    </message>
    <message>
        <source>This is a file. Give the folder that holds the models.</source>
        <translation>这是一个文件。请指定存放模型的文件夹。</translation>
    </message>
    <message>
        <source>To the right of the film</source>
        <translation>影像右侧</translation>
    </message>
    <message>
        <source>Top to bottom</source>
        <translation>从上到下</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>torch</source>
        <translation>torch</translation>
    </message>
</context>
<context>
    <name>SignDialog</name>
    <message>
        <source>%1 (machine: %2)</source>
        <translation>%1（AI：%2）</translation>
    </message>
    <message>
        <source>&amp;Go to the first</source>
        <translation>转到第一个(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Mark the rest as not evaluable</source>
        <translation>将其余标为无法评估(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>阅片者姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Sign</source>
        <translation>签名(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>Accepted from the machine: %n</source>
        <translation>
            <numerusform>接受 AI 分级：%n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added by hand: %n</source>
        <translation>
            <numerusform>手动添加：%n</numerusform>
        </translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>It can be signed when every vertebra has your decision.</source>
        <translation>每个椎体均经您判定后方可签名。</translation>
    </message>
    <message>
        <source>It can be signed when the name of the reader is given.</source>
        <translation>填写阅片者姓名后方可签名。</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>节段</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>AI</translation>
    </message>
    <message>
        <source>More than one vertebra is named %1. Correct the names, or sign them as they are.</source>
        <translation>不止一个椎体名为 %1。请更正名称，或按现状签名。</translation>
    </message>
    <message numerus="yes">
        <source>Not decided yet: %n (in brackets the machine&apos;s grade)</source>
        <translation>
            <numerusform>尚未判定：%n（括号内为 AI 分级）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Overridden: %n</source>
        <translation>
            <numerusform>自定分级：%n</numerusform>
        </translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>阅片者</translation>
    </message>
    <message numerus="yes">
        <source>Rejected: %n</source>
        <translation>
            <numerusform>已排除：%n</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>签名版本 %1</translation>
    </message>
    <message>
        <source>Signing locks the review. What is changed later becomes a new version.</source>
        <translation>签名后审阅即锁定。此后的更改将成为新版本。</translation>
    </message>
    <message>
        <source>There is no vertebra in this review.</source>
        <translation>此审阅中没有椎体。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What will be signed</source>
        <translation>将签名的内容</translation>
    </message>
    <message>
        <source>equivocal</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>轻度</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>中度</translation>
    </message>
    <message>
        <source>no fracture</source>
        <translation>无骨折</translation>
    </message>
    <message>
        <source>not evaluable</source>
        <translation>无法评估</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>重度</translation>
    </message>
</context>
<context>
    <name>StatementForm</name>
    <message>
        <source>%1, version %2 by %3</source>
        <translation>%1，版本 %2，%3</translation>
    </message>
    <message>
        <source>&amp;Further findings</source>
        <translation>其他所见(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Indication</source>
        <translation>检查目的(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Recommendation</source>
        <translation>建议(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;What limits it</source>
        <translation>受限原因(&amp;W)</translation>
    </message>
    <message>
        <source>A signed prior film of this patient is on the list; choose it to compare.</source>
        <translation>列表中有该患者已签名的既往影像；选择后即可对比。</translation>
    </message>
    <message>
        <source>Compared with a pri&amp;or film</source>
        <translation>与既往影像对比(&amp;O)</translation>
    </message>
    <message>
        <source>No signed prior film of this patient is on the list.</source>
        <translation>列表中没有该患者已签名的既往影像。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>Technical &amp;quality</source>
        <translation>图像质量(&amp;Q)</translation>
    </message>
    <message>
        <source>The film names none</source>
        <translation>影像未注明</translation>
    </message>
    <message>
        <source>Unknown date</source>
        <translation>日期不详</translation>
    </message>
    <message>
        <source>Use the site&apos;s &amp;text</source>
        <translation>使用机构文本(&amp;T)</translation>
    </message>
    <message>
        <source>What was signed is compared; look at both films side by side, too.</source>
        <translation>对比的是已签名的内容；请同时并排查看两张影像。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>%1, %2 ms</source>
        <translation>%1，%2 ms</translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) not sent</source>
        <translation>
            <numerusform>%n 个结果未发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Not saved, trying again: %1</source>
        <translation>未保存，正在重试：%1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>finding vertebrae</source>
        <translation>查找椎体</translation>
    </message>
    <message>
        <source>grading</source>
        <translation>分级</translation>
    </message>
    <message>
        <source>loading the networks</source>
        <translation>加载网络</translation>
    </message>
    <message>
        <source>outlining</source>
        <translation>勾画轮廓</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>读取</translation>
    </message>
</context>
<context>
    <name>StudiesTable</name>
    <message>
        <source>Accession</source>
        <translation>检查号</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象数</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Studies found</source>
        <translation>找到的检查</translation>
    </message>
</context>
<context>
    <name>TrailDialog</name>
    <message>
        <source>&amp;Copy all as text</source>
        <translation>全部复制为文本(&amp;C)</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>审计记录</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>节段</translation>
    </message>
    <message>
        <source>Lines shown: %1 of %2</source>
        <translation>显示行数：%1／%2</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>AI</translation>
    </message>
    <message>
        <source>No version has been signed.</source>
        <translation>尚无已签名的版本。</translation>
    </message>
    <message>
        <source>Show only lines that contain…</source>
        <translation>仅显示包含以下内容的行…</translation>
    </message>
    <message>
        <source>Version %1 was signed by %2 on %3.</source>
        <translation>版本 %1 由 %2 于 %3 签名。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>first reading</source>
        <translation>初读</translation>
    </message>
    <message>
        <source>level</source>
        <translation>节段</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>AI</translation>
    </message>
    <message>
        <source>measurements</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>未署名</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>six points</source>
        <translation>六点</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>vertebra</source>
        <translation>椎体</translation>
    </message>
</context>
<context>
    <name>VertebraPanel</name>
    <message>
        <source>%1: undecided</source>
        <translation>%1：未判定</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Click one on the film, or press Space for the next undecided one.</source>
        <translation>请在影像上单击一个椎体，或按空格键转到下一个未判定的椎体。</translation>
    </message>
    <message>
        <source>Level…</source>
        <translation>节段…</translation>
    </message>
    <message>
        <source>Machine: grade %1   (%2)</source>
        <translation>AI：%1 级   (%2)</translation>
    </message>
    <message>
        <source>Measured: grade %1, loss %2, Ha/Hp %3, Hm/Hp %4</source>
        <translation>测量：%1 级，丢失 %2，Ha/Hp %3，Hm/Hp %4</translation>
    </message>
    <message>
        <source>No vertebra selected</source>
        <translation>未选择椎体</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>The machine says nothing about this vertebra.</source>
        <translation>AI 对该椎体未给出结果。</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>未判定</translation>
    </message>
    <message>
        <source>as measured</source>
        <translation>按测量</translation>
    </message>
    <message>
        <source>no cause</source>
        <translation>未注明</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open films</source>
        <translation>打开影像</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Window presets</source>
        <translation>预设窗</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>No patient data</source>
        <translation>无患者信息</translation>
    </message>
    <message>
        <source>Scheuermann</source>
        <translation>Scheuermann 病</translation>
    </message>
    <message>
        <source>Schmorl node</source>
        <translation>Schmorl 结节</translation>
    </message>
    <message>
        <source>W %1  C %2</source>
        <translation>窗宽 %1  窗位 %2</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>biconcave</source>
        <translation>双凹</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>出生 %1</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>已校准</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>计算得出</translation>
    </message>
    <message>
        <source>crush</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>degenerative</source>
        <translation>退行性</translation>
    </message>
    <message>
        <source>detector plane, magnified</source>
        <translation>探测器平面，有放大</translation>
    </message>
    <message>
        <source>diagnostic</source>
        <translation>可供诊断</translation>
    </message>
    <message>
        <source>estimated from geometry</source>
        <translation>由几何关系估算</translation>
    </message>
    <message>
        <source>full range</source>
        <translation>全范围</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>植入物</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>受限</translation>
    </message>
    <message>
        <source>n/e</source>
        <translation>不可评</translation>
    </message>
    <message>
        <source>no spacing</source>
        <translation>无像素间距</translation>
    </message>
    <message>
        <source>no vertebra</source>
        <translation>非椎体</translation>
    </message>
    <message>
        <source>not diagnostic</source>
        <translation>不可供诊断</translation>
    </message>
    <message>
        <source>other cause</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>own</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>own grade</source>
        <translation>自定分级</translation>
    </message>
    <message>
        <source>pathological</source>
        <translation>病理性</translation>
    </message>
    <message>
        <source>scanned film</source>
        <translation>扫描胶片</translation>
    </message>
    <message>
        <source>side %1</source>
        <translation>侧别 %1</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>脊柱</translation>
    </message>
    <message>
        <source>view %1</source>
        <translation>体位 %1</translation>
    </message>
    <message>
        <source>wedge</source>
        <translation>楔形</translation>
    </message>
    <message>
        <source>whole film</source>
        <translation>整幅影像</translation>
    </message>
</context>
</TS>
