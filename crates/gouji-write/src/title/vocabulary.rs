//! The words that titles of circulars are made of.
//!
//! A dictionary of the whole language takes a fifth of a second to load, which is most of what a single circular costs. Titles of this
//! genre say much the same in much the same words, so most of them can be cut into words by this list alone; where it does not know the
//! words beside a break, the caller asks the dictionary.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words; a line never begins inside one.
const WORDS: &str = "
上半年 下半年 全年 年度 季度 月份 上月 本月 上年 本年 今年 去年 近期 以来 期间 阶段 前三季度 一季度 二季度 三季度 四季度 首季
春季 夏季 秋季 冬季 学期 学年 学年度 假期 节日 节假日 国庆 中秋 春节 元旦 清明 端午 汛期 暑期 寒假 暑假 年终 年中 年末 岁末
全省 全市 全县 全区 全国 全州 全镇 全乡 全域 全系统 各地 各级 各县 各市 各区 各镇 各乡镇 乡镇 街道 社区 部门 单位 机关 直属 驻地
省直 市直 县直 区直 省级 市级 县级 区级 镇级 村级 州级 基层 辖区 所属 下属 城区 城乡 农村 城市 城镇 园区 景区 开发区 高新区 县域
县区 区县 县市区 市县 镇街 村组 部分 有关 相关 首批 首轮 年内 省内 市内 县内 区内 中心城区 主城区 县城
政府 办公室 办公厅 委员会 指挥部 中心 总队 支队 大队 公司 企业 集团 协会 学校 医院 银行 机构 窗口 大厅 站点 法院 检察院 公安
党委 县委 市委 区委 省委 党组 党建 纪委 监委 人大 政协 党员 干部 领导 领导干部 负责人 人员 职工 员工 工作人员 集体 个人 企事业
检查 督查 督察 督导 督办 抽查 抽检 抽测 普查 自查 核查 巡查 巡察 巡视 暗访 明察 调研 评估 考核 考评 评价 评比 评议 评选 评定 测评
验收 审计 审核 审查 审批 监测 监督 监管 监控 管理 整改 整治 治理 处置 处理 查处 办理 办结 受理 答复 回复 回访 回应 回头看 排查 摸排
运行 运维 运营 建设 推进 落实 贯彻 执行 实施 开展 进展 完成 达标 推动 推广 提升 提高 加强 强化 深化 优化 规范 完善 促进 保障 防范
化解 防控 防治 防护 防御 预防 预警 应对 应急 救助 救援 帮扶 扶持 支持 服务 公开 发布 报送 采用 采纳 采编 编发 更新 维护 维修 保养
情况 结果 通报 问题 典型 案例 事项 事故 事件 工作 任务 目标 指标 责任 责任制 措施 方案 计划 规划 制度 机制 体系 平台 系统 网络 网站
表扬 批评 表彰 奖励 嘉奖 激励 约谈 问责 追责 处罚 处分 曝光 警示 提醒 先进 优秀 突出 较好 滞后 落后 缓慢 不力 不实 不到位 违规 违法
违纪 违反 行为 现象 失信 拖欠 欺诈 骗取 挪用 腐败 作风 纪律 廉政 精神 规定 要求 意见 建议 提案 议案 决定 决策 部署 会议 活动 行动
数据 信息 资料 档案 报告 统计 调查 分析 研判 排名 排序 排位 名次 位次 得分 评分 积分 等次 等级 星级 成绩 成效 绩效 质量 数量 效果 效率
进度 速度 程度 力度 水平 能力 状况 态势 形势 特点 成果 战果 晴雨表 红黑榜 红榜 黑榜 台账 清单 名单 目录 标准 标准化 规范化 信息化
数字化 智能化 常态化 制度化 精细化 网格化 法治化 便利化 一体化 均等化 专业化 市场化 群众 居民 村民 农民 农民工 企业家 消费者 市民 网民
学生 教师 儿童 老年人 残疾人 妇女 青年 人口 人才 就业 创业 工资 社保 医保 低保 养老 托育 住房 公积金 补贴 补助 资金 经费 财政 税收
预算 决算 收入 支出 投资 融资 贷款 债务 债券 基金 保险 金融 价格 物价 收费 成本 经济 产业 工业 农业 商务 贸易 外贸 外资 内资 消费 流通
旅游 文化 体育 教育 科技 卫生 健康 医疗 医药 药品 食品 餐饮 粮食 粮油 种植 养殖 畜牧 渔业 林业 水利 供水 排水 供热 供电 供气 燃气 用电
用水 用地 土地 耕地 农田 林地 草原 湿地 森林 矿山 矿产 煤矿 煤炭 电力 能源 能耗 双控 节能 减排 降碳 碳排放 环保 环境 环卫 生态 污染
污染物 污染源 大气 扬尘 水质 水源 水源地 河流 河道 湖泊 水库 断面 土壤 噪声 噪音 固废 危废 垃圾 污水 秸秆 焚烧 绿化 造林 国土 测绘 卫星
遥感 图斑 违建 拆迁 征收 征地 拆违 棚改 旧改 改造 小区 住宅 房屋 房产 物业 电梯 车位 停车 停车场 充电 充电桩 消防 火灾 防火 灭火 隐患
风险 安全 生产 施工 工地 工程 项目 招标 投标 招投标 采购 代理 合同 质保 建筑 建筑业 建材 市政 道路 公路 铁路 桥梁 隧道 交通 运输 客运
货运 物流 快递 邮政 车辆 驾驶 电动车 自行车 摩托车 校车 出租车 公交 船舶 港口 航空 市场 主体 商户 经营 经营者 经营户 超市 农贸市场 门店
商标 专利 知识产权 计量 特种 设备 产品 商品 样品 批次 合格 合格率 不合格 假冒 伪劣 打假 打击 打非 治违 治超 扫黑除恶 扫黄打非 禁毒 反诈
诈骗 电信 信访 上访 积案 包案 化解率 投诉 举报 诉求 来信 来访 来电 热线 信箱 邮箱 留言 咨询 求助 满意 满意率 满意度 办结率 及时率 按时
按期 超期 逾期 期限 时限 时效 办件 窗口 大厅 审批 许可 备案 登记 注册 年检 年审 年报 证照 证明 事项 权责 权力 行政 执法 司法 法治 法律
法规 规章 规范性 文件 公文 公务 政务 政策 政令 督促 协调 配合 联合 专项 专题 专栏 栏目 频道 账号 微博 微信 公众号 客户端 新媒体 短视频
舆情 舆论 宣传 新闻 媒体 报道 信息员 网格 网格员 河长 河长制 林长 林长制 路长 路长制 田长 田长制 巡河 巡林 履职 履责 履行 述职 请销假
值班 值守 考勤 会风 文风 保密 密码 机要 档案 印章 车改 公车 公款 接待 培训 培养 选拔 录用 招录 招聘 考试 考录 竞赛 比赛 演练 演习 训练
试点 示范 创建 创新 创优 创城 创卫 争创 达标 复核 复查 复检 初审 终审 抽样 监理 检测 检验 检疫 鉴定 认定 认证 评审 评级 评星 定级 公示
公告 公布 公益 志愿 慈善 捐赠 救灾 防灾 减灾 救灾 灾害 灾情 地震 地质 气象 洪涝 干旱 低温 高温 雨雪 冰冻 台风 山洪 滑坡 疫情 疫苗 接种
传染病 慢性病 病媒 消毒 妇幼 计生 生育 殡葬 婚姻 民政 民族 宗教 侨务 双拥 退役 军人 优抚 兵役 征兵 国防 人防 团结 统战 工会 共青团 妇联
乡村 村庄 振兴 脱贫 扶贫 返贫 防返贫 低收入 收入 增收 产权 承包 流转 宅基地 厕所 改厕 户厕 人居 饮水 饮用水 供销 合作社 农机 农资 种子
化肥 农药 农产品 水产品 畜禽 屠宰 兽药 饲料 生猪 动物 植物 防疫 春耕 秋收 夏收 播种 撂荒 高标准 非洲 猪瘟 校园 校外 幼儿园 中小学 高校
职业 技能 课后 作业 食堂 体检 心理 近视 溺水 防溺水 义务 学前 高考 中考 招生 学籍 阅读 图书 图书馆 博物馆 文物 非遗 广电 电影 演出 网吧
娱乐 场所 公共 公用 设施 资源 自然 国有 国资 国企 民营 小微 中小 规上 规模 以上 以下 限额 固定 资产 地区 总值 增加值 增速 增长 零售 总额
重点 重大 重要 关键 核心 主要 基本 基础 日常 年度 定期 不定期 集中 全面 深入 进一步 持续 深入 扎实 有效 及时 严格 切实 认真 统筹 协同
联动 共享 开放 整合 归集 共建 共治 互联网 大数据 云平台 一网 通办 一件事 一次 高效 办成 最多 跑 好差评 放管服 改革 转变 职能 营商 助企
惠企 惠民 便民 利民 为民 民生 实事 民意 民情 民心 暖心 亲清 政商 关系 招商 引资 签约 开工 投产 竣工 入库 入统 纳统 转化 落地 储备 谋划
督战 攻坚 攻坚战 冲刺 百日 会战 竞赛 比拼 擂台 晾晒 亮晒 现场 观摩 拉练 考察 视察 调度 会商 座谈 推进会 现场会 交办 转办 承办 主办 协办
催办 销号 清零 清理 清查 清欠 清退 整顿 整合 撤并 关停 关闭 注销 吊销 撤销 解除 暂停 停产 停业 复工 复产 复学 返岗 巩固 拓展 衔接 有序
形式主义 官僚主义 减负 增效 提质 提速 提标 扩面 扩容 降本 增绿 植绿 义务植树 爱国 文明 城管 市容 市貌 占道 户外 广告 店招 夜市 摊点 早市
共同 及其 以及 关于 予以 给予 其中 之间 之后 之前 方面 领域 行业 战线 条线 条块 系列 类别 种类 范围 区域 流域 片区 沿线 沿街 周边 重点区
国家 中央 省市 省委 八项 条例 办法 细则 指南 指引 通知 纪要 批示 指示 讲话 会议精神 审议 反馈 移交 移送 线索 立案 查办 侦破 破案 结案 审结
第三方 第一轮 社会 信用 诚信 公平 竞争 垄断 反垄断 价格 明码 标价 放心 消费 维权 直播 电商 平台 网店 跨境 海关 口岸 税务 发票 减税 降费
一体 统一 分类 分级 分层 分批 逐步 逐项 动态 静态 实时 在线 线上 线下 网上 掌上 自助 智慧 智能 自动 人工 视频 电话 短信 邮件 语音 视察
人民 人力 人居 人社 老旧 老龄 适老 无障碍 既有 加装 违章 违停 超限 超载 超速 酒驾 醉驾 闯红灯 头盔 守护 平安 稳定 维稳 和谐 综治 综合
综合性 治安 巡防 巡逻 防暴 反恐 涉恐 涉稳 涉企 涉农 涉法 涉诉 涉险 危化 危化品 易燃 易爆 爆炸 爆竹 烟花 液化气 锅炉 压力 容器 起重 有限
空间 粉尘 涉爆 尾矿 尾矿库 非煤 冶金 有色 化工 石油 天然气 管道 管网 管线 输油 加油 加油站 储罐 仓储 冷链 冷库 危房 自建房 经营性 农房
中央环保 长江 黄河 岸线 采砂 非法 捕捞 禁渔 退捕 生态环境 排污 排污口 排放 达标率 真抓实干 明显 地方 激励 惠农 优良 空气 指数 浓度 臭氧 颗粒物 综合指数 优良率 天数";

/// Compounds of several words that read as one; a line begins inside one only for want of any other place.
#[rustfmt::skip]
pub(super) const COMPOUNDS: &[&str] = &[
    // Organs and government.
    "人民政府", "领导小组", "政府信息", "政务信息", "政务公开", "政务服务", "政务新媒体", "政府网站", "政府信息公开", "依申请公开", "信息公开",
    "政府采购", "政府采购代理机构", "采购代理机构", "代理机构", "法治政府", "数字政府", "法治政府建设", "依法行政", "行政执法", "行政审批",
    "行政许可", "行政处罚", "行政复议", "行政应诉", "规范性文件", "营商环境", "优化营商环境", "公共服务", "公共资源", "规模以上工业企业", "工业企业", "水资源管理", "事故隐患", "地质灾害隐患", "公共资源交易",
    "基本公共服务", "基本公共卫生服务", "公共卫生", "政务热线", "便民热线", "政务服务便民热线", "好差评", "新媒体", "大数据", "一网通办",
    "一件事", "高效办成一件事", "放管服", "双随机", "公文处理", "信息报送", "政务督查", "政务舆情", "网络舆情", "网络安全", "数据安全", "信息安全",
    "事业单位", "工作人员", "干部人事档案", "人事档案", "机关事业单位", "形式主义", "官僚主义", "中央八项规定精神", "八项规定", "党风廉政",
    "意识形态", "主题教育", "为基层减负", "文化和旅游", "人力资源", "社会保障", "城乡建设", "发展和改革", "自然资源", "应急管理", "全系统",
    // Letters of citizens.
    "县长信箱", "市长信箱", "区长信箱", "省长信箱", "州长信箱", "镇长信箱", "局长信箱", "书记信箱", "领导信箱", "网民留言", "群众来信",
    "信访积案", "信访事项", "满意度",
    // People and bodies.
    "中小学生", "大学生", "监管部门", "主管部门", "职能部门", "政协提案", "政协委员", "人大代表", "危房改造", "棚户区", "房地产", "农副产品",
    // Safety.
    "安全生产", "消防安全", "食品安全", "药品安全", "食品药品", "质量安全", "交通安全", "粮食安全", "燃气安全", "房屋安全", "电梯安全", "饮水安全",
    "消防安全隐患", "安全隐患", "火灾隐患", "道路交通", "道路交通事故", "道路交通安全", "交通事故", "生产安全事故", "危险化学品", "烟花爆竹",
    "特种设备", "建筑施工", "建筑工地", "电动自行车", "超限超载", "地质灾害", "自然灾害", "防汛抗旱", "森林防火", "森林草原防火", "监测预警",
    "行业领域", "电信网络诈骗", "扫黑除恶", "社会治理", "基层治理", "平安建设",
    // Quality, projects, economy.
    "产品质量", "工程质量", "服务质量", "空气质量", "环境质量", "水环境质量", "农产品质量", "农产品质量安全", "产品质量监督抽查", "监督抽查",
    "监督抽检", "监督检查", "建设工程", "建设项目", "工程建设", "工程建设项目", "重点工程", "重点项目", "重大项目", "重点建设项目",
    "重点工作", "重点任务", "目标任务", "目标责任", "责任目标", "目标管理", "绩效目标", "绩效评价", "绩效管理", "绩效目标管理", "第三方评估", "民生实事",
    "固定资产", "固定资产投资", "招商引资", "国有资产", "经济运行", "经济指标", "主要经济指标", "一般公共预算", "预算执行", "审计整改",
    "招标投标", "不动产登记", "城市管理", "城市精细化管理", "精细化管理", "物业服务", "物业管理", "住宅工程质量", "质量常见问题", "老旧小区", "既有住宅",
    // Environment and the country.
    "生态环境", "生态文明", "生态环境保护", "环境保护", "人居环境", "农村人居环境", "人居环境整治", "整治提升", "农村人居环境整治提升", "自动监控", "生活垃圾", "垃圾分类",
    "生活垃圾分类", "污水处理", "生活污水", "污染防治", "大气污染", "大气污染防治", "水污染防治", "扬尘污染", "扬尘治理", "秸秆禁烧",
    "能耗双控", "卫星遥感", "遥感监测", "违法用地", "违法建设", "耕地保护", "高标准农田", "土地利用", "乡村振兴", "脱贫攻坚", "防返贫监测",
    "低收入人口", "河湖长制",
    // Welfare and schools.
    "社会救助", "社会保险", "医疗卫生", "医疗机构", "医疗保障", "医疗保障基金", "医保基金", "养老机构", "养老服务", "义务教育", "学前教育",
    "校外培训", "课后服务", "学校食堂", "作业管理", "农民工工资", "文明城市", "卫生城市",
    // Campaigns and what is said of them.
    "专项检查", "专项整治", "专项行动", "专项治理", "专项督查", "专项督导", "专项审计", "集中整治", "集中排查", "百日攻坚", "百日行动", "百日攻坚行动",
    "攻坚行动", "专项整治行动", "督导检查", "督查检查", "督查考核", "督查暗访", "明察暗访", "检查考核", "考核评比", "考核评价", "评估考核",
    "排查整改", "排查整治", "核查整改", "核查处置", "问题整改", "调查处理", "监督管理", "典型案例", "典型问题", "突出问题", "先进集体", "先进个人",
    "先进单位", "优秀个人", "通报表扬", "通报批评", "督查激励", "主体责任", "年度报告", "经营异常名录",
    // Money, saving, woods, illness.
    "财政补贴", "补贴资金", "财政收支", "财政资金", "资金监管", "能源资源", "节约能源资源", "森林草原", "污水治理", "生活污水治理", "治理设施",
    "疫情防控", "疾病防控", "传染病防控", "重点传染病", "校园食品安全",
];

/// What a word is to its neighbours.
const HEADS: &[&str] = &[
    "工作",
    "行动",
    "活动",
    "情况",
    "问题",
    "项目",
    "任务",
    "事项",
    "结果",
    "目标",
    "指标",
    "系统",
    "平台",
    "机构",
    "单位",
    "人员",
    "行为",
    "案例",
    "领域",
    "制度",
    "机制",
    "措施",
    "体系",
    "责任制",
    "成绩",
    "成效",
    "进展",
    "进度",
    "精神",
    "服务",
    "现象",
    "名单",
    "排名",
    "期间",
    "期",
    "设施",
    "设备",
    "资金",
];
/// Say how something is done: a line never ends behind one for no better reason than its length.
const ADVERBS: &[&str] = &[
    "及时", "按时", "按期", "逾期", "超期", "集中", "自行", "依法", "定期", "统一", "逐步", "逐项", "持续", "有效",
    "切实", "严格",
];
/// Say how what stands before them is: 进度滞后, 落实不到位.
const PREDICATES: &[&str] = &["滞后", "落后", "缓慢", "不力", "不实", "不到位", "明显"];
const MODIFIERS: &[&str] = &[
    "重点",
    "重大",
    "专项",
    "典型",
    "突出",
    "先进",
    "优秀",
    "主要",
    "全面",
    "深入",
    "日常",
    "基本",
    "综合",
    "较大",
    "第三方",
    "违法",
    "违规",
    "不合格",
    "有关",
    "相关",
    "部分",
    "公共",
    "特种",
    "违反",
    "骗取",
    "进一步",
    "开展",
    "关于",
    "予以",
    "给予",
    "常见",
    "农村",
    "城镇",
    "城乡",
    "基层",
];
/// What completes the noun before it, though it may begin a phrase of its own.
const TIED: &[&str] = &[
    "管理",
    "建设",
    "保护",
    "治理",
    "监管",
    "防控",
    "防治",
    "防护",
    "运维",
    "激励",
    "隐患",
    "隐患点",
    "企业",
    "场所",
];
/// Of these there is 安全: what follows that is not tied to it.
const SAFE: &[&str] = &[
    "食品", "药品", "生产", "质量", "消防", "网络", "交通", "数据", "信息", "粮食", "校园", "公共", "燃气", "施工",
    "建筑",
];
const SCOPES: &[&str] = &[
    "全省", "全市", "全县", "全区", "全州", "全镇", "全国", "各地", "各级", "省级", "市级", "县级", "区级", "部门",
    "年度",
];
const ACTIONS: &[&str] = &[
    "检查", "督查", "督察", "督导", "抽查", "抽检", "自查", "核查", "巡查", "暗访", "评估", "考核", "考评", "评价",
    "评比", "验收", "审计", "审核", "监测", "监督", "整改", "整治", "治理", "处置", "处理", "办理", "运行", "推进",
    "落实", "排查", "提升", "保护", "管理", "创建", "建设", "维护", "监管",
];

/// The cost of a line that begins between the last two of three words.
pub(super) fn seam(first: &str, before: &str, after: &str) -> i32 {
    const EDGE: i32 = 6;
    let of = |list: &[&str], word: &str| list.contains(&word);
    if of(ADVERBS, before) || of(PREDICATES, after) && !of(SCOPES, before) {
        return EDGE + 24;
    }
    if of(HEADS, after) {
        // What stands before it says which.
        return EDGE + 20;
    }
    // 科技型, 阶段性: words that only say which.
    let which = before.chars().count() > 2 && before.ends_with(['型', '性', '式']);
    if which || of(MODIFIERS, before) || before == "安全" && !of(SAFE, first) || after == "安全" && of(SAFE, before)
    {
        return EDGE + 12;
    }
    if of(TIED, after) && !of(HEADS, before) && !of(ACTIONS, before) {
        return EDGE + 8;
    }
    match (
        of(SCOPES, before),
        of(ACTIONS, before) && of(ACTIONS, after),
        of(HEADS, before),
    ) {
        (true, _, _) => EDGE + 5,
        (_, true, _) => EDGE + 7,
        (_, _, true) => EDGE - 3,
        _ => EDGE,
    }
}

/// Words of one character that stand alone in titles.
const SINGLES: &str =
    "和与及暨或的对在为向从至等并以予将被把按全各本市县区省镇乡村州年月日季个件条期次批起名项家户第中后前内外";

/// Names of places end in one of these.
const PLACE_ENDS: &str = "省市县区州盟旗镇乡村";
/// Characters of a place's name before its end.
const LONGEST_NAME: usize = 3;
/// Characters of the longest word.
const LONGEST_WORD: usize = 5;

static KNOWN: LazyLock<BTreeSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

/// A word of a text, by the characters that it begins and ends at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It is on the list, or certain to be one: a name before 县, a mark, a digit.
    pub(super) known: bool,
}

/// Cuts a text, given as its characters with their bytes, into the fewest words of the list; a character of none is one by itself.
pub(super) fn cut(text: &str, chars: &[(usize, char)]) -> Vec<Word> {
    const WORD: u32 = 10;
    const SINGLE: u32 = 13;
    const UNKNOWN: u32 = 30;
    let byte = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    // From the end on: the least cost of what follows, the word that gives it, and whether it is known.
    let mut best = vec![(0_u32, 0_usize, true); chars.len() + 1];
    for at in (0..chars.len()).rev() {
        let c = chars[at].1;
        let single = !crate::measure::is_han(c) || SINGLES.contains(c);
        best[at] = (best[at + 1].0 + if single { SINGLE } else { UNKNOWN }, at + 1, single);
        for end in at + 2..=(at + LONGEST_WORD).min(chars.len()) {
            let cost = best[end].0 + WORD;
            if cost <= best[at].0 && KNOWN.contains(&text[byte(at)..byte(end)]) {
                best[at] = (cost, end, true);
            }
        }
    }
    let mut out: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (_, end, known) = best[at];
        // 青禾 before 县: a name, whose characters no list has.
        let first = out.iter().rposition(|w| w.known).map_or(0, |last| last + 1);
        let name = out.len() - first;
        if (1..=LONGEST_NAME).contains(&name) && end == at + 1 && PLACE_ENDS.contains(chars[at].1) {
            let start = out[first].start;
            out.truncate(first);
            out.push(Word {
                start,
                end,
                known: true,
            });
        } else {
            out.push(Word { start: at, end, known });
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let byte = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
        let shown = |w: &Word| {
            let word = &text[byte(w.start)..byte(w.end)];
            if w.known { word.to_owned() } else { format!("?{word}") }
        };
        cut(text, &chars).iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_title_falls_into_its_words() {
        assert_eq!(words("全县领导干部包案化解"), "全县 领导干部 包案 化解");
        assert_eq!(words("全市文化和旅游市场"), "全市 文化 和 旅游 市场");
        assert_eq!(words(""), "");
    }

    #[test]
    fn a_name_before_its_kind_is_one_word() {
        assert_eq!(words("对青禾县检查"), "对 青禾县 检查");
        assert_eq!(words("薜荔检查"), "?薜 ?荔 检查");
        assert_eq!(words("薜荔葳蕤市"), "?薜 ?荔 ?葳 ?蕤 市");
    }

    #[test]
    fn what_says_which_stays_with_what_it_is_about() {
        assert!(seam("", "整治", "工作") > seam("", "工作", "整治"));
        assert!(seam("", "突出", "食堂") > seam("", "食堂", "卫生"));
        assert!(seam("", "督导", "检查") > seam("", "食堂", "检查"));
        assert!(seam("", "农田", "建设") > seam("", "农田", "验收"));
        // 开展安全培训, 食品安全监督.
        assert!(seam("开展", "安全", "培训") > seam("食品", "安全", "监督"));
        assert!(seam("", "药品", "安全") > seam("", "药品", "价格"));
        // 进度滞后, 集中开工, 科技型企业.
        assert!(seam("", "进度", "滞后") > seam("", "进度", "检查"));
        assert!(seam("", "集中", "开工") > seam("", "项目", "开工"));
        assert!(seam("", "科技型", "企业") > seam("", "科技", "企业"));
        assert!(seam("", "运行", "监管") > seam("", "系统", "监管"));
    }

    #[test]
    fn the_list_has_words_of_the_length_it_is_searched_for() {
        assert!(
            KNOWN
                .iter()
                .all(|w| (2..=LONGEST_WORD).contains(&w.chars().count()) || w.chars().count() == 1)
        );
        assert!(KNOWN.len() > 1000);
    }
}
